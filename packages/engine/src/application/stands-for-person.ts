/** Whether an entity stands for somebody who has an account, by its name. */
export function standsForPerson(entity: string): boolean {
  return /(user|account|customer|member|person|profile|employee|patient)s?$/i.test(entity);
}
