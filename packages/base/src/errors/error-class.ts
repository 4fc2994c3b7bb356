import { type ErrorDetails, type ErrorTable, HotfireError } from "./hotfire-error.ts";

/** A package's error, of its table: the table says which codes there are and whose fault each is. */
export function errorClass<Code extends string>(
  table: ErrorTable<Code>,
): new (
  code: Code,
  message: string,
  details?: ErrorDetails,
) => HotfireError<Code> {
  return class extends HotfireError<Code> {
    constructor(code: Code, message: string, details: ErrorDetails = {}) {
      super(code, table[code].blame, message, details);
    }
  };
}
