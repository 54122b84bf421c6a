/** Columns that hold something that only the right caller knows. */
const secretColumn =
  /pass(word|wd|phrase)?|pwd|secret|token|otp|api_?key|hash|signature|credential|^(code|pin)$|(reset|verif\w*|confirm\w*|activation|auth\w*|login|access|security|invit\w*|recovery|backup|one_?time|two_?factor|mfa|sms|mail|pass)_?(code|pin)$/i;
/** What tells something about a secret and is none: `credentialId`, `tokenType`, `passwordChangedAt`. */
const aboutSecret = /(_id|Id|_?ids|_?(type|count|name|kind|length|version|status|url|expir\w*)|_at|At)$/;

export function isSecretColumn(name: string): boolean {
  return secretColumn.test(name) && !aboutSecret.test(name);
}
