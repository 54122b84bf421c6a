import type { RuleMeta } from './rule.js';

/** A requirement of a standard that a rule speaks to. */
export interface Control {
  readonly standard: StandardName;
  /** `CWE-639`, `API1`, `v5.0.0-8.2.2`, `2.5.3`. */
  readonly id: string;
  /** What it is called, where its number says nothing. */
  readonly title?: string;
}

export type StandardName = 'CWE' | 'OWASP API Security Top 10 2023' | 'OWASP ASVS 5.0.0' | 'ISMS-P';

/** https://owasp.org/API-Security/editions/2023/en/0x11-t10/ */
const apiRisks: Readonly<Record<string, string>> = {
  API1: 'Broken Object Level Authorization',
  API2: 'Broken Authentication',
  API3: 'Broken Object Property Level Authorization',
  API4: 'Unrestricted Resource Consumption',
  API5: 'Broken Function Level Authorization',
  API6: 'Unrestricted Access to Sensitive Business Flows',
  API7: 'Server Side Request Forgery',
  API8: 'Security Misconfiguration',
  API9: 'Improper Inventory Management',
  API10: 'Unsafe Consumption of APIs',
};

/** Requirements that rules speak to, each with the title of its section: https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en */
const asvsRequirements: Readonly<Record<string, string>> = {
  '2.4.1': 'Anti-automation',
  '4.1.3': 'Generic Web Service Security',
  '6.3.1': 'General Authentication Security',
  '6.3.3': 'General Authentication Security',
  '6.3.4': 'General Authentication Security',
  '6.5.2': 'General Multi-factor authentication requirements',
  '7.4.1': 'Session Termination',
  '7.4.2': 'Session Termination',
  '7.4.5': 'Session Termination',
  '8.2.1': 'General Authorization Design',
  '8.2.2': 'General Authorization Design',
  '8.2.3': 'General Authorization Design',
  '8.3.1': 'Operation Level Authorization',
  '8.3.3': 'Operation Level Authorization',
  '8.4.2': 'Other Authorization Considerations',
  '9.1.1': 'Token source and integrity',
  '9.1.2': 'Token source and integrity',
  '9.2.1': 'Token content',
  '9.2.3': 'Token content',
  '9.2.4': 'Token content',
  '11.1.1': 'Cryptographic Inventory and Documentation',
  '11.2.2': 'Secure Cryptography Implementation',
  '11.4.2': 'Hashing and Hash-based Functions',
  '13.2.1': 'Backend Communication Configuration',
  '13.3.1': 'Secret Management',
  '13.3.2': 'Secret Management',
  '13.3.4': 'Secret Management',
  '13.4.5': 'Unintended Information Leakage',
  '14.2.4': 'General Data Protection',
  '15.3.3': 'Defensive Coding',
  '15.3.4': 'Defensive Coding',
  '16.3.1': 'Security Events',
  '16.3.2': 'Security Events',
};

/** Korea's certification criteria for information security and personal information (인증기준 of October 2023): https://isms.kisa.or.kr */
const ismsPControls: Readonly<Record<string, string>> = {
  '2.5.1': 'User account management (사용자 계정 관리)',
  '2.5.2': 'User identification (사용자 식별)',
  '2.5.3': 'User authentication (사용자 인증)',
  '2.5.4': 'Password management (비밀번호 관리)',
  '2.5.5': 'Special accounts and privileges (특수 계정 및 권한 관리)',
  '2.6.1': 'Network access (네트워크 접근)',
  '2.6.3': 'Application access (응용프로그램 접근)',
  '2.7.1': 'Encryption policy (암호정책 적용)',
  '2.7.2': 'Encryption key management (암호키 관리)',
  '2.8.3': 'Separation of test and production (시험과 운영 환경 분리)',
  '2.8.5': 'Source program management (소스 프로그램 관리)',
  '2.9.4': 'Logs and access records (로그 및 접속기록 관리)',
  '2.10.3': 'Security of public servers (공개서버 보안)',
  '2.11.2': 'Vulnerability checks and remedies (취약점 점검 및 조치)',
  '2.11.3': 'Detection of abnormal behaviour (이상행위 분석 및 모니터링)',
};

/** The controls that a rule speaks to, by standard. */
export function controlsOf({ cwe, owasp, asvs, ismsP }: Standards): readonly Control[] {
  return [
    ...cwe.map((number): Control => ({ standard: 'CWE', id: `CWE-${String(number)}` })),
    ...owasp.map((id) => control('OWASP API Security Top 10 2023', id, apiRisks[id])),
    // The form that the standard itself asks for: the numbers may change with its version.
    ...asvs.map((id) => control('OWASP ASVS 5.0.0', `v5.0.0-${id}`, asvsRequirements[id])),
    ...ismsP.map((id) => control('ISMS-P', id, ismsPControls[id])),
  ];
}

type Standards = Pick<RuleMeta, 'cwe' | 'owasp' | 'asvs' | 'ismsP'>;

function control(standard: StandardName, id: string, title: string | undefined): Control {
  return { standard, id, ...(title !== undefined && { title }) };
}

/** A list in Markdown for the page of a rule, a line for each standard. */
export function listStandards(meta: Standards): string {
  const lines = new Map<StandardName, string[]>();
  for (const { standard, id, title } of controlsOf(meta)) {
    const controls = lines.get(standard) ?? [];
    lines.set(standard, controls);
    controls.push(title === undefined ? id : `${id} ${title}`);
  }
  return [...lines].map(([standard, controls]) => `- ${standard}: ${controls.join(', ')}`).join('\n');
}
