// Generated from openapi/ by `npm run generate`. Do not edit.
import type { operations as Schemas } from "./schema.js";
export interface OperationTypes {
  /**
   * Create a manual backup.
   *
   * Starts a manual backup of an instance, or of selected databases and tables of a GeminiDB Cassandra instance.
   *
   * **Instances:** GeminiDB Cassandra, GeminiDB Mongo (version 4.0, replica set), GeminiDB Influx and GeminiDB Redis.
   * The instance must be available.
   *
   * **Permission:** The account owner needs no extra permission. An IAM user needs the action
   * `gaussdbfornosql:instance:createBackup` (access level *Write*), or its alias `nosql:backup:create`
   * where roles and policies are used. The action has the resource type `instance` and the condition keys
   * `g:ResourceTag/<tag-key>` and `g:EnterpriseProjectId`, so a policy can limit it by tag or by enterprise project.
   *
   * **Not safe to repeat:** If the response was lost, look for the backup by its name in the console, or list the backups
   * (`GET /v3/{project_id}/backups`), before you send the request again.
   */
  createManualBackup: Schemas["createManualBackup"];
  /**
   * Delete a manual backup.
   *
   * Deletes a manual backup for good. Automated backups cannot be deleted with this operation.
   *
   * **Instances:** backups of GeminiDB Cassandra, GeminiDB Mongo, GeminiDB Influx and GeminiDB Redis.
   *
   * **Permission:** The account owner needs no extra permission. An IAM user needs the action
   * `gaussdbfornosql:instance:deleteBackup` (access level *Write*), or its alias `nosql:backup:delete`
   * where roles and policies are used. The action has neither a resource type nor a condition key, so no policy can limit
   * deletes by tag or by enterprise project.
   *
   * **Safe to repeat:** If the backup is already gone, the response is `400` with the code `DBS.201214`.
   */
  deleteManualBackup: Schemas["deleteManualBackup"];
}
export type OperationId = keyof OperationTypes;
/** The operations whose request body the client takes as a whole, under the key `body`. */
export type WholeBodyId = never;
/** A region that the description lists. */
export type Region = "af-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "cn-east-2" | "cn-east-3" | "cn-east-4" | "cn-north-1" | "cn-north-2" | "cn-north-4" | "cn-north-9" | "cn-north-11" | "cn-south-1" | "cn-south-2" | "cn-south-4" | "cn-southwest-2" | "cn-southwest-3" | "la-north-2" | "la-south-2" | "me-east-1" | "ru-moscow-1" | "ru-northwest-2" | "sa-brazil-1" | "tr-west-1" | "eu-west-101";
/** An error code that the description lists. */
export type ErrorCode = "APIGW.0101" | "APIGW.0201" | "APIGW.0301" | "APIGW.0302" | "APIGW.0307" | "APIGW.0308" | "DBS.200001" | "DBS.200002" | "DBS.200010" | "DBS.200011" | "DBS.200018" | "DBS.200019" | "DBS.200047" | "DBS.200604" | "DBS.200998" | "DBS.201000" | "DBS.201014" | "DBS.201015" | "DBS.201028" | "DBS.201201" | "DBS.201204" | "DBS.201212" | "DBS.201214" | "DBS.201319" | "DBS.280001" | "DBS.280005" | "DBS.280015" | "DBS.280016" | "DBS.280032" | "DBS.280042" | "DBS.280056" | "DBS.280063" | "DBS.280064" | "DBS.280124" | "DBS.280127" | "DBS.280277" | "DBS.280347" | "DBS.280404" | "DBS.280408" | "DBS.280443";

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: "path" | "query" | "header" | "cookie" }[];
  /**
   * How the client takes the request body: its properties beside the parameters, or the whole body under the key
   * `body`. Undefined where the operation has none.
   */
  readonly body?: "properties" | "whole";
  readonly mediaType?: string;
  /** The error code which says that what the operation works on does not exist (any more). */
  readonly goneCode?: ErrorCode;
  /** The error code which says that another resource has the name already. */
  readonly takenCode?: ErrorCode;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;

/** The hosts of some regions. `{region}` stands for the region. */
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
