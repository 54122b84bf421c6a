import type { DataEntry } from '../catalog/library.js';
import type { ExternalValue } from '../program/value.js';
import { builtBy, methodOf } from './where-of.js';

/** Methods that give, or change, every record that fits. */
const givesMany =
  /(^|\.|#)(find|findMany|findAll|findBy|findAndCount(All|By)?|getMany|getManyAndCount|getRawMany|all|any|many|query|execute|updateMany|deleteMany|destroy|truncate|clear|nativeDelete|nativeUpdate|\$queryRaw(Unsafe)?)(\(\))+$/;

/** Whether a call gives, or changes, every record that fits. */
export function isForMany(call: ExternalValue, data: DataEntry | undefined): boolean {
  if (!data?.lists) return givesMany.test(call.path);
  const { single } = data.lists;
  return !builtBy(call, data).some((item) => single.includes(methodOf(item)));
}
