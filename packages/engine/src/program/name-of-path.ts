/** `jwt.verify` from `jsonwebtoken#verify()`. */
export function nameOfPath(path: string): string {
  const [packageName = '', member = ''] = path.replace(/\(\)$/, '').split('#');
  const short = packageName.replace(/^.*\//, '');
  if (packageName === 'global' || packageName === '') return member;
  // What every framework hands to its handlers: the package says nothing.
  if (/^express#Re(quest|sponse)\./.test(path))
    return member.charAt(0).toLowerCase() + member.slice(1).replaceAll('()', '');
  // A class says what it is by itself: `JwtService.signAsync`.
  const name =
    member === '' ? short : /^[A-Z]/.test(member) && packageName.startsWith('@') ? member : `${short}.${member}`;
  return name.replaceAll('()', '').replace('..', '.');
}
