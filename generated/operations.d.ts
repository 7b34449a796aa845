// Generated from openapi/ by `npm run generate`. Do not edit.
export type OperationId = "createManualBackup" | "deleteManualBackup";
/** A region of the spec's server variables. */
export type Region = "af-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "cn-east-2" | "cn-east-3" | "cn-east-4" | "cn-north-1" | "cn-north-2" | "cn-north-4" | "cn-north-9" | "cn-north-11" | "cn-south-1" | "cn-south-2" | "cn-south-4" | "cn-southwest-2" | "cn-southwest-3" | "la-north-2" | "la-south-2" | "me-east-1" | "ru-moscow-1" | "ru-northwest-2" | "sa-brazil-1" | "tr-west-1" | "eu-west-101";
/** An error code of the spec's examples. */
export type ErrorCode = "APIGW.0101" | "APIGW.0201" | "APIGW.0301" | "APIGW.0302" | "APIGW.0307" | "APIGW.0308" | "DBS.200001" | "DBS.200002" | "DBS.200010" | "DBS.200011" | "DBS.200018" | "DBS.200019" | "DBS.200047" | "DBS.200604" | "DBS.200998" | "DBS.201000" | "DBS.201014" | "DBS.201015" | "DBS.201028" | "DBS.201201" | "DBS.201204" | "DBS.201212" | "DBS.201214" | "DBS.201319" | "DBS.280001" | "DBS.280005" | "DBS.280015" | "DBS.280016" | "DBS.280032" | "DBS.280042" | "DBS.280056" | "DBS.280063" | "DBS.280064" | "DBS.280124" | "DBS.280127" | "DBS.280277" | "DBS.280347" | "DBS.280404" | "DBS.280408" | "DBS.280443";
export interface Operation {
  readonly method: string;
  readonly path: string;
  /** Where each parameter goes. It inherits nothing. */
  readonly parameters: Readonly<Record<string, "path" | "query" | "header" | "cookie">>;
  /** Whether the input's further keys are the properties of the body, or `body` is the body. */
  readonly form?: "properties" | "body";
  readonly mediaType?: string;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;
/** Hosts by region. Regions are separated by a space. */
type Hosts = readonly { readonly url: string; readonly regions: string }[];
export declare const servers: Hosts;
export declare const iamServers: Hosts;
export declare const tokenHeader: string;
/** How IAM gives a token. */
export declare const tokenRequest: { readonly path: string; readonly header: string };
/**
 * What to do about error codes, and when to repeat: always, since nothing was started; if the call is idempotent; with a
 * new token. Codes are separated by a space; one with a status behind "@" holds for that status only.
 */
export declare const errors: readonly (readonly [codes: string, advice: string, again?: "always" | "idempotent" | "token"])[];
