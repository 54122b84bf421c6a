/** Methods that give, or change, every record that fits. */
export const givesMany =
  /(^|\.|#)(find|findMany|findAll|findBy|findAndCount(All|By)?|getMany|getManyAndCount|getRawMany|all|any|many|query|execute|from|updateMany|deleteMany|destroy|truncate|clear|nativeDelete|nativeUpdate|\$queryRaw(Unsafe)?)(\(\))+$/;
