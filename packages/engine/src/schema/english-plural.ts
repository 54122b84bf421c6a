const irregular: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['datum', 'data'],
  ['medium', 'media'],
  ['index', 'indices'],
  ['criterion', 'criteria'],
]);

/** Whether `many` is an English plural of `one`, both in lower case. */
export function isPlural(many: string, one: string): boolean {
  if (irregular.get(one) === many || many === `${one}s`) return true;
  if (many === `${one}es`) return /(?:s|x|z|ch|sh|o)$/.test(one);
  return one.endsWith('y') && many === `${one.slice(0, -1)}ies`;
}

/** The plural that Sequelize and Mongoose give to a model's name for its table; the case of what stays is kept. */
export function toPlural(name: string): string {
  const lower = name.toLowerCase();
  for (const [one, many] of irregular) {
    if (lower.endsWith(many)) return name;
    if (lower.endsWith(one)) return `${name.slice(0, name.length - one.length + 1)}${many.slice(1)}`;
  }
  if (/(?:ss|x|z|ch|sh|us|is)$/.test(lower)) return `${name}es`;
  if (lower.endsWith('s')) return name;
  return /[^aeiou]y$/.test(lower) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
