/** The part of `generated/operations.d.ts` that is the same for every description. */
export const tableTypes = `
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: "path" | "query" | "header" | "cookie" }[];
  /**
   * How the client takes the request body: its properties beside the parameters, or the whole body under the key
   * \`body\`. Undefined where the operation has none.
   */
  readonly body?: "properties" | "whole";
  readonly mediaType?: string;
  /** The error code which says that what the operation works on does not exist (any more). */
  readonly goneCode?: ErrorCode;
  /** The error code which says that another resource has the name already. */
  readonly takenCode?: ErrorCode;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;

/** The hosts of some regions. \`{region}\` stands for the region. */
export interface Hosts {
  readonly url: string;
  /** The host of IAM, which issues tokens. */
  readonly iamUrl: string;
  readonly regions: readonly string[];
}
export declare const servers: readonly Hosts[];

/** The header that carries a token. */
export declare const tokenHeader: string;
/** The response header that carries the ID of the request, in lower case. */
export declare const requestIdHeader: string;
/** How IAM is asked for a token, and the header of its response that carries it. */
export declare const tokenRequest: { readonly path: string; readonly header: string; readonly maxBytes: number };

/** What a documented failure means. */
export interface ErrorRule {
  readonly status: number;
  /** Undefined for a failure whose body has no error code. */
  readonly code?: ErrorCode;
  /** Where generated/reference.md explains it, if that is not the code itself. */
  readonly anchor?: string;
  /** What to do about it. */
  readonly advice: string;
  /** When the same request may be repeated: always, since nothing was started; or only if it is idempotent. */
  readonly repeat?: "always" | "if-idempotent";
  /** How long to wait before that, at least, in seconds. */
  readonly wait?: number;
  /** Whether other credentials help. Nothing was started. */
  readonly renew?: true;
  /** Whether the same request can succeed once something else has changed, such as the state of the instance. */
  readonly later?: true;
}
export declare const errorRules: readonly ErrorRule[];
/** The version of this package. */
export declare const packageVersion: string;
`;
