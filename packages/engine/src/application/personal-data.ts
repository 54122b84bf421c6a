/** Names of fields that hold personal data or credentials. */
const personalField =
  /^(e_?mail|.*_?email|password\w*|passwd|pwd|.*phone.*|mobile|ssn|.*card_?number|iban|.*address(_?line.*)?|street|zip(_?code)?|birth.*|dob|salary|passport.*|tax_?id|.*secret.*|.*token.*|api_?key|national_?id|gate_?code|door_?code|first_?name|last_?name|full_?name|is_?admin)$/i;
/** Names of entities that stand for a person or for something that only a person may see. */
const personalEntity =
  /(user|account|customer|member|person|patient|employee|passphrase|password|credential|secret|token|session|invoice|order|payment|message|address|profile)s?$/i;

/** Fields that say whose record it is. An author is shown, an owner is not. */
const ownerField = /^(user|owner|customer|account|member|patient|employee)(_?id)?$/i;

/**
 * Whether records of the entity are somebody's own business.
 *
 * @param chosen Whether the request says which record: then those that belong to a user count as well.
 */
export function isPersonal(name: string | undefined, fields: readonly string[], chosen: boolean): boolean {
  if (chosen && fields.some((field) => ownerField.test(field))) return true;
  return fields.some((field) => personalField.test(field)) || (name !== undefined && personalEntity.test(name));
}

/** The fields that hold personal data or credentials, by their names. */
export function personalFieldsOf(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => personalField.test(field));
}
