// Generated from openapi/ by `npm run generate`. Do not edit.
/** Tells whether a value fits a schema; if not, `errors` holds every reason until the next call. */
export interface Validator {
  (value: unknown): boolean;
  errors?: Violation[] | null;
}
export interface Violation {
  /** JSON Pointer to the value that does not fit. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}
export declare const createManualBackup_parameters: Validator;
export declare const createManualBackup_body: Validator;
export declare const createManualBackup_success: Validator;
export declare const deleteManualBackup_parameters: Validator;
export declare const deleteManualBackup_success: Validator;
