import { Client as Client_2 } from 'openapi-fetch';

declare interface AbortEvent extends CallEvent {
    /** What is known of the call. */
    outcome: Outcome;
    /** The ID of the last response that had one. */
    requestId: string | undefined;
}

/**
 * The properties of an operation's request body, or the body as a whole under the key `body`. `unknown`, which adds nothing,
 * where it has none.
 */
declare type BodyOf<Id extends OperationId> = OperationTypes[Id] extends {
    requestBody?: infer Body;
} ? [Body] extends [undefined] ? unknown : Id extends WholeBodyId ? WholeBody<Id, JsonOf<NonNullable<Body>>> : JsonOf<NonNullable<Body>> : unknown;

/** What every hook is told. No credential is in it. */
declare interface CallEvent {
    /** The same in all events of one call, and different from call to call. */
    id: string;
    operation: OperationName;
    /** The number of the attempt; 1 for the first. */
    attempt: number;
}

/** What a caller may set for one call. */
declare interface CallOptions {
    /** Ends the call at any moment. The call then rejects with the signal's own reason. */
    signal?: AbortSignal | undefined;
    /** Milliseconds for one attempt, in place of the client's. */
    timeout?: number | undefined;
    /** How often a failed call is repeated, in place of the client's. */
    retries?: number | undefined;
    /** Sends the requests of this call, in place of the client's. */
    fetch?: Fetch | undefined;
    /** Headers for this call, beside the client's. They cannot replace a credential. */
    headers?: HeadersSource | undefined;
    /** Called once when `signal` has ended this call, beside the client's. */
    onAbort?: Hooks["onAbort"];
}

/**
 * The operations of the description as methods, and openapi-fetch as `raw`.
 *
 * A method takes its parameters and the properties of the request body in one object, and resolves to the body of the
 * successful response. `Known` names the parameters that the client knows already: `Client<"project_id">` is a client that was
 * made with a project.
 */
declare type Client<Known extends PropertyKey = never> = {
    readonly [Id in keyof OperationTypes]: object extends Input<Id, Known> ? MethodWithoutInput<Id, Known> : Method<Id, Known>;
} & {
    /**
     * openapi-fetch as it is: `{ data, error, response }`. Bodies are not validated, but a success that is not JSON is an
     * `UnexpectedResponseError`. It shares everything else with the methods: credentials, timeouts, retries, redaction, and the
     * middleware of `raw.use`. `parseAs` may be `json` or `text`, and there is no `pathSerializer`.
     */
    readonly raw: Raw;
};

declare interface components {
    schemas: {
        /** One database, or selected tables of it. */
        DatabaseTableInfo: {
            /** The name of the database. */
            database_name: string;
            /**
             * The names of the tables. If the list is missing, `null` or empty, the whole database is backed up. Otherwise only the listed
             *     tables are backed up.
             */
            table_names?: string[] | null;
        };
        CreateManualBackupRequest: {
            /**
             * The name of the backup: a letter first, then only letters, digits, `-` and `_`. The API reference says that upper
             *     and lower case count as different, and the user guides say that they do not. Choose names that differ in more than case. A name that is taken is refused (`DBS.201201`).
             */
            name: string;
            /**
             * A description of the backup: any text without the characters `>!<"&'=`. No document states a minimum length. The API
             *     reference does not mention line breaks, and the user guides forbid them, so avoid them.
             */
            description: string;
            /**
             * The databases and tables to back up, for GeminiDB Cassandra only. If the list is missing, `null` or empty, the whole instance
             *     is backed up. Otherwise only the listed databases and tables are backed up.
             */
            database_tables?: components["schemas"]["DatabaseTableInfo"][] | null;
        };
        CreateManualBackupResponse: {
            /** The ID of the job that creates the backup. */
            job_id: string;
            /** The ID of the backup. Keep it, because a delete needs it. */
            backup_id: string;
        };
        /**
         * The error code. Branch on it, because the HTTP status does not tell the cause. The codes of the service start with `DBS.`,
         *     those of the gateway with `APIGW.`. The examples show the known codes, and others may appear. Some responses carry the
         *     code under the key `errCode` instead, and the client reads both keys.
         */
        FailureCode: string;
        /** The cause in the words of the service or the gateway. It is meant for people, so do not branch on it. */
        FailureMessage: string;
        /** The body of an error response from the service. */
        ServiceError: {
            error_code: components["schemas"]["FailureCode"];
            error_msg: components["schemas"]["FailureMessage"];
        };
        /** The ID of the request, the same as in the header `x-request-id`. Only the gateway sends it in the body. */
        RequestId: string;
        /** The error as IAM, the identity service, reports it under the key `error`. Its `code` is the HTTP status. */
        IamError: {
            /** The HTTP status as a number. */
            code: number;
            /** The cause in the words of IAM. */
            message: string;
            /** The name of the HTTP status. */
            title: string;
        };
        /**
         * The body of an error response to a request without valid credentials. The gateway sends `error_code`, `error_msg` and
         *     `request_id`. IAM sends `error` instead.
         */
        UnauthorizedError: {
            error_code?: components["schemas"]["FailureCode"];
            error_msg?: components["schemas"]["FailureMessage"];
            request_id?: components["schemas"]["RequestId"];
            error?: components["schemas"]["IamError"];
        };
        /** The body of an error response with a status that both the service and the gateway use. */
        ServiceOrGatewayError: {
            error_code: components["schemas"]["FailureCode"];
            error_msg: components["schemas"]["FailureMessage"];
            request_id?: components["schemas"]["RequestId"];
        };
        /** The body of an error response from the API gateway in front of the service. */
        GatewayError: {
            error_code: components["schemas"]["FailureCode"];
            error_msg: components["schemas"]["FailureMessage"];
            request_id: components["schemas"]["RequestId"];
        };
        DeleteManualBackupResponse: {
            /** The ID of the job that deletes the backup. */
            job_id: string;
        };
    };
    responses: {
        /** The request was accepted, and the backup is being created. The body may contain more keys, such as `database_tables` from the request. */
        CreateManualBackupAccepted: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CreateManualBackupResponse"];
            };
        };
        /** The request is not valid, or names something that does not exist. */
        CreateManualBackupBadRequest: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceError"];
            };
        };
        /** The token is missing, wrong or expired, or the signature is wrong. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedError"];
            };
        };
        /** A permission is missing, the token is not valid, or the instance is busy or not available. */
        CreateManualBackupForbidden: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceOrGatewayError"];
            };
        };
        /** The instance or the path does not exist. */
        CreateManualBackupNotFound: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceOrGatewayError"];
            };
        };
        /** The body is larger than the 12 MB that the gateway accepts. */
        ContentTooLarge: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** There were too many requests, or too many connections are open. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceOrGatewayError"];
            };
        };
        /** The service failed or is overloaded. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceError"];
            };
        };
        /** The gateway found the service unavailable. */
        BadGateway: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** The gateway got no response from the service in time. */
        GatewayTimeout: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** The request was accepted, and the backup is being deleted. */
        DeleteManualBackupAccepted: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DeleteManualBackupResponse"];
            };
        };
        /** The service does not accept the request, or the backup does not exist. */
        DeleteManualBackupBadRequest: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceError"];
            };
        };
        /** A permission is missing, the token is not valid, or the instance is busy or not available. */
        DeleteManualBackupForbidden: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceOrGatewayError"];
            };
        };
        /** The path does not exist. */
        DeleteManualBackupNotFound: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
    };
    parameters: {
        /**
         * The ID of your project in the region of the host. The console shows it, and the IAM call `GET /v3/projects` returns it.
         * @example 054e292c9880d4992f02c0196d3ea468
         */
        ProjectId: string;
        /**
         * The ID of the instance to back up. The console shows it, and the call that lists the instances returns it.
         * @example a4d8ea2584e047439a667703c0684119in06
         */
        InstanceId: string;
        /**
         * The ID of the backup to delete. The response of the create contains it as `backup_id`.
         * @example 5b0ae36cb8a746b68685a8fb588d8a15br06
         */
        BackupId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * The ID of the request at the gateway. Quote it when you contact support.
         * @example 7f3a1c5e9b2d4860a1f4c7e29d0b6358
         */
        XRequestId: string;
    };
    pathItems: never;
}

declare type CreateInput = Input<"createManualBackup", "project_id">;

/** What every error of this package tells beside its message. */
declare interface ErrorContext {
    operation?: OperationName | undefined;
    attempts?: number | undefined;
    requestId?: string | undefined;
    outcome?: Outcome | undefined;
    cause?: unknown;
}

declare interface ErrorEvent_2 extends CallEvent {
    error: GeminiDBError;
}

/** Sends one request, as the global `fetch` does. */
declare type Fetch = (request: Request) => Promise<Response>;

/**
 * Keeps the state of a rotation in a file of JSON. Beside it stand, while a rotation runs, a lock (`….lock`) and the next
 * version, whose name holds the ID of the lock (`….new`). A run that takes over the lock of one that was killed makes a second lock
 * for a moment (`….lock.ID`). No other file is touched.
 * @param path the file; its folder must exist, and the file is made by the first rotation. A relative path begins at the
 *   present working directory. Symbolic links are followed when the lock is taken, and lead to the same file until its release.
 * @throws {TypeError} when the path is empty, or no text
 */
export declare function fileStore(path: string): RotationStore;

/** An intersection as one object type, so that an editor shows its properties. */
declare type Flatten<Value> = {
    [Key in keyof Value]: Value[Key];
} & {};

/**
 * The base class of every error that a call rejects with. `GeminiDBError.is(error)` and `instanceof` also recognize errors
 * of another copy of this package.
 */
declare class GeminiDBError extends Error {
    /** The operation that failed. */
    readonly operation: OperationName | undefined;
    /** How many attempts were made; 0 if the call failed before the first. */
    readonly attempts: number;
    /** The ID of the last response that had one. Quote it when you ask for support. */
    readonly requestId: string | undefined;
    /** What is known of the outcome, over all attempts. */
    readonly outcome: Outcome;
    constructor(message: string, context?: ErrorContext);
    /** Whether a value is an error of this package, made by any copy of it. */
    static is(error: unknown): error is GeminiDBError;
    static [Symbol.hasInstance](error: unknown): boolean;
    /** What a log may hold. No credential and no response body is in it. */
    toJSON(): Record<string, unknown>;
}

/** The parameters in one place. `unknown`, which adds nothing, where there are none. */
declare type GroupOf<Places, Place extends PropertyKey> = Place extends keyof Places ? [Places[Place]] extends [undefined] ? unknown : NonNullable<Places[Place]> : unknown;

/** What `new Headers()` takes. Not every project has the DOM's own name for it. */
declare type HeadersSource = ConstructorParameters<typeof Headers>[0];

/** A run that holds a lock. */
export declare interface Holder extends ProcessIdentity {
    /** Tells this lock from every other. */
    readonly id: string;
    /** When the lock was taken: a date and time in ISO 8601, UTC. */
    readonly since: string;
}

/** Functions that are called on the way, for logs and metrics. One that throws or rejects changes nothing. */
declare interface Hooks {
    /** Called right before each request is sent. */
    onRequest?: ((event: RequestEvent) => unknown) | undefined;
    /** Called once for each response, when its body was read, or broke off. Not called where the caller aborts first. */
    onResponse?: ((event: ResponseEvent) => unknown) | undefined;
    /** Called before the wait that precedes another attempt. */
    onRetry?: ((event: RetryEvent) => unknown) | undefined;
    /** Called once when a call rejects with an error of this package; not when the caller aborted it. */
    onError?: ((event: ErrorEvent_2) => unknown) | undefined;
    /** Called once when the caller's signal has ended a call, whose error is then the signal's reason. */
    onAbort?: ((event: AbortEvent) => unknown) | undefined;
}

/** What an operation takes: its parameters and the properties of its request body, in one object. */
declare type Input<Id extends OperationId, Known extends PropertyKey = never> = Flatten<Lenient<Preset<ParametersOf<Id>, Known> & BodyOf<Id>>>;

/** The JSON of a request body or a response, under whichever media type. Undefined for a response without one. */
declare type JsonOf<Message> = Message extends {
    content: infer Content;
} ? Content[keyof Content & `${string}json${string}`] : undefined;

/** The same value, also from read-only arrays, and with `undefined` wherever a property may be absent. */
declare type Lenient<Value> = Value extends readonly (infer Item)[] ? readonly Lenient<Item>[] : Value extends object ? {
    [Key in keyof Value]: Lenient<Value[Key]> | UndefinedIfOptional<Value, Key>;
} & {} : Value;

/** A backup that the service has accepted. */
export declare interface ListedBackup {
    readonly name: string;
    readonly backup_id: string;
    /** When it was asked for: a date and time in ISO 8601, UTC. */
    readonly since: string;
}

/** Another run holds the lock. If `rotate` rejects with it, nothing was sent: try again when that run has ended. */
export declare class LockedError extends Error {
    readonly name = "LockedError";
    /** The run that holds the lock; undefined while it is still making it. */
    readonly holder: Holder | undefined;
    constructor(message: string, holder: Holder | undefined);
}

/** A backup as the service accepted it. */
export declare interface MadeBackup extends ListedBackup {
    readonly job_id: string;
}

/** The method of an operation. */
declare interface Method<Id extends OperationId, Known extends PropertyKey = never> {
    /**
     * @param input the parameters and the properties of the request body
     * @param options what differs from the client's options for this call
     * @returns the body of the successful response
     * @throws {ValidationError} when the input does not fit the description, with every reason; nothing was sent
     * @throws {ApiError} when the service refuses; branch on its `code`
     * @throws {AuthenticationError} when no credentials can be obtained
     * @throws {ConnectionError | TimeoutError} when no answer comes; `outcome` says what is known
     * @throws {UnexpectedResponseError} when the answer is not one that the description knows
     */
    (input: Input<Id, Known>, options?: CallOptions): Promise<Output<Id>>;
}

/** The method of an operation without mandatory parameters, which can be called without any. */
declare interface MethodWithoutInput<Id extends OperationId, Known extends PropertyKey> extends Method<Id, Known> {
    (input?: Input<Id, Known>, options?: CallOptions): Promise<Output<Id>>;
}

declare type OperationId = keyof OperationTypes;

/** An operation of the description; for any other call through `raw`, its method and path. */
declare type OperationName = OperationId | (string & {});

declare interface operations {
    createManualBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The ID of your project in the region of the host. The console shows it, and the IAM call `GET /v3/projects` returns it.
                 * @example 054e292c9880d4992f02c0196d3ea468
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * The ID of the instance to back up. The console shows it, and the call that lists the instances returns it.
                 * @example a4d8ea2584e047439a667703c0684119in06
                 */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** What to back up, and the name of the backup. The schema allows no other keys. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateManualBackupRequest"];
            };
        };
        responses: {
            202: components["responses"]["CreateManualBackupAccepted"];
            400: components["responses"]["CreateManualBackupBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CreateManualBackupForbidden"];
            404: components["responses"]["CreateManualBackupNotFound"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteManualBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The ID of your project in the region of the host. The console shows it, and the IAM call `GET /v3/projects` returns it.
                 * @example 054e292c9880d4992f02c0196d3ea468
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * The ID of the backup to delete. The response of the create contains it as `backup_id`.
                 * @example 5b0ae36cb8a746b68685a8fb588d8a15br06
                 */
                backup_id: components["parameters"]["BackupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["DeleteManualBackupAccepted"];
            400: components["responses"]["DeleteManualBackupBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["DeleteManualBackupForbidden"];
            404: components["responses"]["DeleteManualBackupNotFound"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}

declare interface OperationTypes {
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
    createManualBackup: operations["createManualBackup"];
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
    deleteManualBackup: operations["deleteManualBackup"];
}

/**
 * What is known of a failed call, over all its attempts.
 * - `not-sent`: the service received no request.
 * - `refused`: the service answered that it did not carry the operation out.
 * - `unknown`: a request left, and no answer says what became of it. The operation may have been carried out.
 */
declare type Outcome = "not-sent" | "refused" | "unknown";

/** The body of an operation's successful response. Undefined for an operation that answers without a body. */
declare type Output<Id extends OperationId> = SuccessOf<OperationTypes[Id]["responses"]>;

/** The parameters of an operation, wherever they travel. */
declare type ParametersOf<Id extends OperationId> = OperationTypes[Id]["parameters"] extends infer Places ? GroupOf<Places, "path"> & GroupOf<Places, "query"> & GroupOf<Places, "header"> : never;

declare interface paths {
    "/v3/{project_id}/instances/{instance_id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a manual backup
         * Starts a manual backup of an instance, or of selected databases and tables of a GeminiDB Cassandra instance.
         *
         *     **Instances:** GeminiDB Cassandra, GeminiDB Mongo (version 4.0, replica set), GeminiDB Influx and GeminiDB Redis.
         *     The instance must be available.
         *
         *     **Permission:** The account owner needs no extra permission. An IAM user needs the action
         *     `gaussdbfornosql:instance:createBackup` (access level *Write*), or its alias `nosql:backup:create`
         *     where roles and policies are used. The action has the resource type `instance` and the condition keys
         *     `g:ResourceTag/<tag-key>` and `g:EnterpriseProjectId`, so a policy can limit it by tag or by enterprise project.
         *
         *     **Not safe to repeat:** If the response was lost, look for the backup by its name in the console, or list the backups
         *     (`GET /v3/{project_id}/backups`), before you send the request again.
         */
        post: operations["createManualBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{project_id}/backups/{backup_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a manual backup
         * Deletes a manual backup for good. Automated backups cannot be deleted with this operation.
         *
         *     **Instances:** backups of GeminiDB Cassandra, GeminiDB Mongo, GeminiDB Influx and GeminiDB Redis.
         *
         *     **Permission:** The account owner needs no extra permission. An IAM user needs the action
         *     `gaussdbfornosql:instance:deleteBackup` (access level *Write*), or its alias `nosql:backup:delete`
         *     where roles and policies are used. The action has neither a resource type nor a condition key, so no policy can limit
         *     deletes by tag or by enterprise project.
         *
         *     **Safe to repeat:** If the backup is already gone, the response is `400` with the code `DBS.201214`.
         */
        delete: operations["deleteManualBackup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}

/**
 * Says what `rotate` would make and delete now. It sends nothing, and changes nothing.
 * @throws {TypeError | ValidationError} when an option is wrong
 * @throws {LockedError} when another run is under way, so that the state changes
 * @throws {StateError} when the state cannot be used
 */
export declare function planRotation(options: RotateOptions): Promise<RotationPlan>;

/** A backup that was asked for, and that may exist: the answer was lost, or the process ended before it came. */
export declare interface PossibleBackup {
    readonly name: string;
    /** When it was asked for: a date and time in ISO 8601, UTC. */
    readonly since: string;
}

/** The same properties, those that the client knows already being optional. */
declare type Preset<Values, Known extends PropertyKey> = Omit<Values, Known> & Partial<Pick<Values, Extract<Known, keyof Values>>>;

/** Identifies a process across reboots, containers and machines. */
declare interface ProcessIdentity {
    readonly pid: number;
    readonly host: string;
    /** Where the number of the process is valid: the running system and, in a container, its own numbers. */
    readonly machine: string;
    /** When the process started, as the system counts; empty where that is not known. Process IDs are reused. */
    readonly started: string;
}

/** A client with a project of its own, so that no call has to name one. */
declare type ProjectClient = Client<"project_id">;

/** openapi-fetch, typed by the paths of the description. */
declare type Raw = Client_2<paths, "application/json">;

declare interface RequestEvent extends CallEvent {
    method: string;
    url: string;
    /** The request headers, with credentials replaced by `[redacted]`. */
    headers: Record<string, string>;
}

declare interface ResponseEvent extends RequestEvent {
    status: number;
    /** The ID that the gateway gave to the request. */
    requestId: string | undefined;
    /** Milliseconds since the attempt began. */
    duration: number;
}

declare interface RetryEvent extends CallEvent {
    /** Milliseconds until the next attempt. */
    delay: number;
    /** The message of the error that would have been thrown without another attempt. */
    reason: string;
}

/**
 * Makes a backup, then deletes the oldest of those that it made earlier, until `keep` are left.
 *
 * Each step is written to the store before and after it, so that a crash at any moment loses no backup: what may exist is
 * listed, and named by every later run. Nothing is deleted that the store does not list. When no backup was made, no delete is
 * decided, unless `deleteAnyway` says so, and the last backup is never deleted.
 * @throws {TypeError | ValidationError} when an option is wrong; nothing was sent
 * @throws {LockedError} when another run is under way; nothing was sent
 * @throws {StateError} when the state cannot be used; nothing was sent
 * @throws the reason of the signal, when it aborts before the first step; nothing was sent
 * @throws {RotationError} when a step failed; its `rotation` says what was done, and its `failures` why the rest was not
 * @example
 * const service = fromEnvironment();
 * const geminidb = createClient({ ...service, retries: 20 });
 * await rotate(geminidb, { service, instance_id, namePrefix: "nightly", keep: 12, store: fileStore("nightly.json") });
 */
export declare function rotate(client: RotationClient, options: RotateOptions): Promise<Rotation>;

/** The options of `rotate`. */
export declare interface RotateOptions {
    /**
     * The options that the client was made with, of which `project_id` and `baseUrl` or `region` are read: a client does not tell
     * them. The state names them, and a rotation of another service or project is refused. There, the backups of this one would
     * seem to be gone, and would be forgotten.
     */
    service: RotationService;
    /** The instance to back up. */
    instance_id: CreateInput["instance_id"];
    /** How the names of the backups begin; the date and time follow. */
    namePrefix: string;
    /**
     * How many backups a rotation keeps, the new one included, 1 or more. A backup that is unknown, or whose delete failed, is not
     * counted.
     */
    keep: number;
    /** Where the backups are listed: `fileStore("nightly.json")`, or a store of your own. */
    store: RotationStore;
    /**
     * The description of the backup.
     * @default "Made by geminidb-backup", because no document says that the service takes an empty one
     */
    description?: CreateInput["description"] | undefined;
    /** Selected databases and tables, for GeminiDB Cassandra only; the whole instance by default. */
    database_tables?: CreateInput["database_tables"];
    /**
     * Whether to delete surplus backups even if no new backup could be made, except where the service was not reached, or the
     * credentials are missing or not accepted.
     */
    deleteAnyway?: boolean | undefined;
    /**
     * What you found out about backups that are listed as unknown, by name: the `backup_id` of one that exists, or `"none"` for
     * one that does not.
     */
    found?: Readonly<Record<string, string>> | undefined;
    /** Ends the rotation. A create that is under way is listed as unknown. */
    signal?: AbortSignal | undefined;
}

/** What became of the backups of a rotation. Each list begins with the oldest. */
export declare interface Rotation {
    /** The backup that was made; none, when the create failed. */
    readonly made: readonly MadeBackup[];
    /** Those that were deleted, or that were gone already. */
    readonly deleted: readonly ListedBackup[];
    /** Those that exist, the new one included. A backup whose delete failed is among them. */
    readonly kept: readonly ListedBackup[];
    /** Those that may exist. Look for them in the console, and say in `found` what you found. */
    readonly unknown: readonly PossibleBackup[];
}

/** What a rotation needs of a client. The client must have a project. */
export declare type RotationClient = Pick<ProjectClient, "createManualBackup" | "deleteManualBackup">;

/** A rotation that was not carried out as a whole. It says what was done nevertheless. */
export declare class RotationError extends Error {
    readonly name = "RotationError";
    /** What was made, deleted and kept, and what is not known. */
    readonly rotation: Rotation;
    /** Every failure in the order of the steps. There is at least one; `cause` is the error of the first. */
    readonly failures: readonly RotationFailure[];
    constructor(failures: readonly RotationFailure[], rotation: Rotation);
}

/** What went wrong in a step of a rotation. */
export declare interface RotationFailure {
    /** `record` means that a step was carried out, but could not be written to the state. */
    readonly step: "create" | "delete" | "record";
    /** The name of the backup. */
    readonly backup: string;
    /** What the client or the store threw, or the reason of the signal. */
    readonly error: unknown;
    /** Whether the step may have been carried out nevertheless. */
    readonly isUnknown?: boolean;
    /** Whether the step was not begun, because the caller had ended the rotation, or the state could not be written. */
    readonly isSkipped?: boolean;
}

/** The right to be the only run. */
export declare interface RotationLock {
    /** Gives it back. What it throws is ignored: what the run did matters more. */
    release(): Promise<void>;
}

/** What a rotation would do. */
export declare interface RotationPlan extends Omit<Rotation, "made" | "kept"> {
    /** The name of the backup that would be made now. */
    readonly made: readonly {
        readonly name: string;
    }[];
    /** Those that exist now and would be kept. The new one, which has no ID yet, is not among them. */
    readonly kept: readonly ListedBackup[];
}

/** Which project of which service a client calls: those of its options that say so. */
export declare interface RotationService {
    /** The project of the client. */
    readonly project_id: string;
    /** The region of the client, if no `baseUrl` wins over it. */
    readonly region?: string | undefined;
    /** The URL that the client calls in place of the region's. */
    readonly baseUrl?: string | undefined;
    /** Whether the client may call plain http on another machine. */
    readonly allowInsecure?: boolean | undefined;
}

/** Where the state of a rotation is kept. `fileStore` is one; a program can bring another, such as an object in a bucket. */
export declare interface RotationStore {
    /** What messages call it, such as the path of the file. */
    readonly name: string;
    /**
     * Keeps every other run away until the lock is released.
     * @throws {LockedError} when another run holds it; it must not wait for that run
     */
    lock(): Promise<RotationLock>;
    /**
     * Fails as `lock` or `write` would fail now, and changes nothing. `planRotation` calls it. Without it, a plan does not find these errors.
     * @throws {LockedError | StateError}
     */
    check?(): Promise<void>;
    /** The text that was written last; undefined before the first time. */
    read(): Promise<string | undefined>;
    /** Replaces the text as a whole: after a crash at any moment, either the old or the new one is there. */
    write(text: string): Promise<void>;
}

/**
 * The state cannot be used: it is damaged, from a newer version, of another rotation, or it cannot be read or written.
 * When `rotate` rejects with it, nothing was sent.
 */
export declare class StateError extends Error {
    readonly name = "StateError";
}

/** The JSON of those responses whose status is 2xx. */
declare type SuccessOf<Responses> = {
    [Status in keyof Responses]: `${Status & number}` extends `2${string}` ? JsonOf<Responses[Status]> : never;
}[keyof Responses];

/** `undefined` for a property that may be absent. */
declare type UndefinedIfOptional<Value, Key extends keyof Value> = object extends Pick<Value, Key> ? undefined : never;

/** A body under its key, which may be left out where the body may. */
declare type WholeBody<Id extends OperationId, Json> = object extends Pick<OperationTypes[Id], "requestBody" & keyof OperationTypes[Id]> ? {
    body?: Json;
} : {
    body: Json;
};

/** The operations whose request body the client takes as a whole, under the key `body`. */
declare type WholeBodyId = never;

export { }
