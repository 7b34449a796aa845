import { Client as Client_2 } from 'openapi-fetch';

export declare interface AbortEvent extends CallEvent {
    /** What is known of the call. */
    outcome: Outcome;
    /** The ID of the last response that had one. */
    requestId: string | undefined;
}

/**
 * Signs each request with an access key pair (AK/SK) in the scheme SDK-HMAC-SHA256, in place of a token. The clock of this
 * machine must be right within 15 minutes. After five failed signatures the service locks the key for five minutes.
 * @param keys the keys, or a function that gives them: temporary keys live between 15 minutes and 24 hours. The function
 * is asked once more when a signature was refused.
 * @throws {TypeError} that names the key which is missing or cannot be one, without showing it
 */
export declare function accessKey(keys: AccessKeys | AccessKeysProvider): Signer;

/** An access key pair of IAM. */
export declare interface AccessKeys {
    /** The access key ID. */
    ak: string;
    /** The secret access key. It signs, and is never sent. */
    sk: string;
    /** The security token of a temporary key pair. */
    securityToken?: string | undefined;
}

/** What a function that gives keys is told. */
export declare interface AccessKeysContext {
    /** Whether the service has refused a signature in this call: give other keys than the ones that signed it, if there are any. */
    refused: boolean;
    /** Aborts when the attempt that waits for the keys ends. */
    signal: AbortSignal;
}

/** Gives the keys to sign with, now or later. It is asked at every request, so it should keep them while they are valid. */
export declare type AccessKeysProvider = (context: AccessKeysContext) => AccessKeys | Promise<AccessKeys>;

/** The service or the gateway answered with a status of 4xx or 5xx. */
export declare class ApiError extends GeminiDBError {
    readonly name: "ApiError";
    /** The HTTP status. It does not tell the cause: branch on `code`. */
    readonly status: number;
    /** The error code of the body. Undefined where the body has none, as in an HTML page of a proxy. */
    readonly code: ErrorCode | (string & {}) | undefined;
    /**
     * Whether to send the same request again is safe and may help. The client does so by itself, unless the service asks to wait
     * for longer than 30 seconds. False also for failures that pass only after something else has changed, such as the state of the
     * instance.
     */
    readonly retryable: boolean;
    /** The parsed response body; its text, where it is not JSON. Credentials are replaced by `[redacted]`. */
    readonly body: unknown;
    /** The response. Its body was read already: see `body`. */
    readonly response: Response;
    constructor(message: string, context: ApiErrorContext);
    /** Whether a value is an `ApiError`, made by any copy of this package. */
    static is(error: unknown): error is ApiError;
    toJSON(): Record<string, unknown>;
}

/** What an `ApiError` tells of the response. */
declare interface ApiErrorContext extends ErrorContext {
    status: number;
    code: string | undefined;
    retryable: boolean;
    body: unknown;
    response: Response;
}

/** A token, a function that gives one, or a signer in place of a token. */
export declare type Auth = string | TokenProvider | Signer;

/** No credentials could be obtained, or they cannot be sent. */
export declare class AuthenticationError extends GeminiDBError {
    readonly name: "AuthenticationError";
    /** Whether a value is an `AuthenticationError`, made by any copy of this package. */
    static is(error: unknown): error is AuthenticationError;
}

/**
 * The properties of an operation's request body, or the body as a whole under the key `body`. `unknown`, which adds nothing,
 * where it has none.
 */
declare type BodyOf<Id extends OperationId> = OperationTypes[Id] extends {
    requestBody?: infer Body;
} ? [Body] extends [undefined] ? unknown : Id extends WholeBodyId ? WholeBody<Id, JsonOf<NonNullable<Body>>> : JsonOf<NonNullable<Body>> : unknown;

/** What every hook is told. No credential is in it. */
export declare interface CallEvent {
    /** The same in all events of one call, and different from call to call. */
    id: string;
    operation: OperationName;
    /** The number of the attempt; 1 for the first. */
    attempt: number;
}

/** What a caller may set for one call. */
export declare interface CallOptions {
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
export declare type Client<Known extends PropertyKey = never> = {
    readonly [Id in keyof OperationTypes]: object extends Input<Id, Known> ? MethodWithoutInput<Id, Known> : Method<Id, Known>;
} & {
    /**
     * openapi-fetch as it is: `{ data, error, response }`. Bodies are not validated, but a success that is not JSON is an
     * `UnexpectedResponseError`. It shares everything else with the methods: credentials, timeouts, retries, redaction, and the
     * middleware of `raw.use`. `parseAs` may be `json` or `text`, and there is no `pathSerializer`.
     */
    readonly raw: Raw;
};

/** What `createClient` takes. */
export declare interface ClientOptions extends Hooks {
    /** The region of the instance, of the project and of the token. It gives the host. */
    region?: Region | (string & {}) | undefined;
    /**
     * The URL of the service in place of `region`: for a region that is newer than this package, a gateway of your own, or the
     * mock. It may have a path, and wins over `region`.
     * @example "http://127.0.0.1:4010"
     */
    baseUrl?: string | undefined;
    /** The project, for every call that names no other. */
    project_id?: string | undefined;
    /**
     * The credentials: a token, `passwordToken({…})`, `accessKey({…})`, `instanceCredentials()`, `fromEnvironment()`, or a
     * function that returns a token. Without this key, `createClient` throws, so that none is forgotten. Pass undefined for a
     * client that never calls the service.
     */
    auth: Auth | {
        auth: Auth;
    } | undefined;
    /**
     * Sends a request, in place of the global `fetch`. It must keep to all that the request says: its signal, and `redirect:
     * "manual"`, because a redirect would carry the credentials away. It must make no other request: if that
     * one fails to connect, the client believes that its own was not sent.
     * @default globalThis.fetch
     */
    fetch?: Fetch | undefined;
    /** Headers for every request to the service. They cannot replace a credential. */
    headers?: HeadersSource | undefined;
    /**
     * Milliseconds for one attempt, from getting the credentials to the last byte of the answer.
     * @default 30000
     */
    timeout?: number | undefined;
    /**
     * How often a failed call is repeated, where that is safe and may help.
     * @default 2
     */
    retries?: number | undefined;
    /**
     * How many bytes of a response body are read. A longer success is an `UnexpectedResponseError`; a longer error body is cut.
     * @default 1048576
     */
    maxResponseBytes?: number | undefined;
    /**
     * Allows plain http to a host that is not this machine. Credentials can then be read on the way.
     * @default false
     */
    allowInsecure?: boolean | undefined;
}

export declare interface components {
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

/** No answer came: there was no connection, or it broke. `cause.code` holds the reason, such as `ECONNREFUSED`, where the runtime tells it. */
export declare class ConnectionError extends GeminiDBError {
    readonly name: "ConnectionError";
    /** Whether another attempt would fail in the same way, such as with a certificate that is not accepted. */
    readonly permanent: boolean;
    constructor(message: string, context?: ErrorContext & {
        permanent?: boolean | undefined;
    });
    /** Whether a value is a `ConnectionError`, made by any copy of this package. */
    static is(error: unknown): error is ConnectionError;
}

/**
 * Makes a client of the GeminiDB backup API.
 * @throws {TypeError} that names the option which is wrong
 * @example
 * const geminidb = createClient({ region: "ap-southeast-1", project_id, auth: process.env.TOKEN });
 * const { backup_id } = await geminidb.createManualBackup({ instance_id, name: "nightly", description: "Before the upgrade" });
 */
export declare function createClient<const Options extends ClientOptions>(options: Options & ClientOptions & NoOtherThan<ClientOptions, Options>): Client<KnownFrom<Options>>;

/** Environment variables, by name. */
export declare type Environment = Readonly<Record<string, string | undefined>>;

/** Options for `createClient`, as the environment has them. */
export declare interface EnvironmentOptions {
    region: string;
    project_id: string;
    auth: Auth;
}

/** An error code that the description lists. */
export declare type ErrorCode = "APIGW.0101" | "APIGW.0201" | "APIGW.0301" | "APIGW.0302" | "APIGW.0307" | "APIGW.0308" | "DBS.200001" | "DBS.200002" | "DBS.200010" | "DBS.200011" | "DBS.200018" | "DBS.200019" | "DBS.200047" | "DBS.200604" | "DBS.200998" | "DBS.201000" | "DBS.201014" | "DBS.201015" | "DBS.201028" | "DBS.201201" | "DBS.201204" | "DBS.201212" | "DBS.201214" | "DBS.201319" | "DBS.280001" | "DBS.280005" | "DBS.280015" | "DBS.280016" | "DBS.280032" | "DBS.280042" | "DBS.280056" | "DBS.280063" | "DBS.280064" | "DBS.280124" | "DBS.280127" | "DBS.280277" | "DBS.280347" | "DBS.280404" | "DBS.280408" | "DBS.280443";

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
export { ErrorEvent_2 as ErrorEvent }

/** Sends one request, as the global `fetch` does. */
export declare type Fetch = (request: Request) => Promise<Response>;

/** An intersection as one object type, so that an editor shows its properties. */
declare type Flatten<Value> = {
    [Key in keyof Value]: Value[Key];
} & {};

/**
 * Reads the credentials, the project and the region from environment variables: an access key pair or a token, by the names
 * that the vendor's SDKs and Terraform provider use.
 * @param env the variables; those of this process by default
 * @returns options for `createClient`, so that others can be added: `createClient({ ...fromEnvironment(), timeout: 5000 })`
 * @throws {TypeError} that names every variable which is missing
 */
export declare function fromEnvironment(env?: Environment): EnvironmentOptions;

/**
 * The base class of every error that a call rejects with. `GeminiDBError.is(error)` and `instanceof` also recognize errors
 * of another copy of this package.
 */
export declare class GeminiDBError extends Error {
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

/** Functions that are called on the way, for logs and metrics. One that throws or rejects changes nothing. */
export declare interface Hooks {
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

/**
 * For `catch`: takes a failure for a success when what was to be deleted is gone already, and throws every other error.
 * @example await geminidb.deleteManualBackup({ backup_id }).catch(ignoreGone);
 */
export declare function ignoreGone(error: unknown): undefined;

/** What an operation takes: its parameters and the properties of its request body, in one object. */
export declare type Input<Id extends OperationId, Known extends PropertyKey = never> = Flatten<Lenient<Preset<ParametersOf<Id>, Known> & BodyOf<Id>>>;

/**
 * Signs with the temporary keys of the agency of the cloud server that this runs on, so that no secret is stored there. The
 * keys are valid for an hour and renewed ten minutes before, or later where that fails. Elsewhere than on a cloud server with an
 * agency, calls reject with an `AuthenticationError` within two seconds, unless their `timeout` is shorter.
 */
export declare function instanceCredentials(options?: InstanceCredentialsOptions): Signer;

export declare interface InstanceCredentialsOptions {
    /**
     * The URL of the metadata service.
     * @default `http://169.254.169.254`, which every cloud server reaches
     */
    endpoint?: string | undefined;
}

/**
 * Whether a call failed because what it works on does not exist (any more): the backup to delete is gone already. Which error
 * code says so is a fact of the description.
 */
export declare function isGone(error: unknown): error is ApiError & {
    readonly code: NonNullable<ApiError["code"]>;
};

/** One reason why the input was refused. */
export declare interface Issue {
    /** The field, such as `name` or `database_tables[0].database_name`. Empty for the input as a whole. */
    readonly path: string;
    /** The keyword of JSON Schema that the value breaks, such as `maxLength`. */
    readonly keyword: string;
    /** What is allowed. */
    readonly message: string;
}

/** The JSON of a request body or a response, under whichever media type. Undefined for a response without one. */
declare type JsonOf<Message> = Message extends {
    content: infer Content;
} ? Content[keyof Content & `${string}json${string}`] : undefined;

/** The parameters that a client with these options knows. A project_id whose type includes undefined does not count. */
declare type KnownFrom<Options> = [Options] extends [{
    readonly project_id: string;
}] ? "project_id" : never;

/** The same value, also from read-only arrays, and with `undefined` wherever a property may be absent. */
declare type Lenient<Value> = Value extends readonly (infer Item)[] ? readonly Lenient<Item>[] : Value extends object ? {
    [Key in keyof Value]: Lenient<Value[Key]> | UndefinedIfOptional<Value, Key>;
} & {} : Value;

/** The method of an operation. */
export declare interface Method<Id extends OperationId, Known extends PropertyKey = never> {
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

/** Refuses options with a misspelled name, also where they are not a literal. */
declare type NoOtherThan<Known, Given> = {
    [Name in Exclude<keyof Given, keyof Known>]: never;
};

export declare type OperationId = keyof OperationTypes;

/** An operation of the description; for any other call through `raw`, its method and path. */
export declare type OperationName = OperationId | (string & {});

export declare interface operations {
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
export declare type Outcome = "not-sent" | "refused" | "unknown";

/** The body of an operation's successful response. Undefined for an operation that answers without a body. */
export declare type Output<Id extends OperationId> = SuccessOf<OperationTypes[Id]["responses"]>;

/** The parameters of an operation, wherever they travel. */
declare type ParametersOf<Id extends OperationId> = OperationTypes[Id]["parameters"] extends infer Places ? GroupOf<Places, "path"> & GroupOf<Places, "query"> & GroupOf<Places, "header"> : never;

/**
 * Gets tokens from IAM with a password and keeps each until it ends, after 24 hours. However many calls wait, IAM is asked once;
 * when one of them gives up waiting, the next call asks anew. A refused token is replaced. In its last five minutes a token is
 * replaced by a request of at most five seconds, for which no call waits. Where IAM gives no new one, the old one is used until it
 * ends.
 * @throws {TypeError} that names the option which is wrong
 */
export declare function passwordToken(options: PasswordTokenOptions): TokenProvider;

export declare interface PasswordTokenOptions {
    /** The name of the IAM user. */
    username: string;
    /** The password of the IAM user. */
    password: string;
    /** The name of the account that the user belongs to. */
    domain: string;
    /** The project that the token is for: its name, which usually is that of the region, or its ID. */
    project: string | {
        id: string;
    } | {
        name: string;
    };
    /** The region of IAM. It gives the host. */
    region?: Region | (string & {}) | undefined;
    /** The URL of IAM, in place of `region`. */
    iamUrl?: string | undefined;
    /**
     * Allows plain http to a host that is not this machine. The password can then be read on the way.
     * @default false
     */
    allowInsecure?: boolean | undefined;
}

export declare interface paths {
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

/** The same properties, those that the client knows already being optional. */
declare type Preset<Values, Known extends PropertyKey> = Omit<Values, Known> & Partial<Pick<Values, Extract<Known, keyof Values>>>;

/** A client with a project of its own, so that no call has to name one. */
export declare type ProjectClient = Client<"project_id">;

/** openapi-fetch, typed by the paths of the description. */
export declare type Raw = Client_2<paths, "application/json">;

/** A region that the description lists. */
export declare type Region = "af-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-southeast-3" | "ap-southeast-4" | "ap-southeast-5" | "cn-east-2" | "cn-east-3" | "cn-east-4" | "cn-north-1" | "cn-north-2" | "cn-north-4" | "cn-north-9" | "cn-north-11" | "cn-south-1" | "cn-south-2" | "cn-south-4" | "cn-southwest-2" | "cn-southwest-3" | "la-north-2" | "la-south-2" | "me-east-1" | "ru-moscow-1" | "ru-northwest-2" | "sa-brazil-1" | "tr-west-1" | "eu-west-101";

export declare interface RequestEvent extends CallEvent {
    method: string;
    url: string;
    /** The request headers, with credentials replaced by `[redacted]`. */
    headers: Record<string, string>;
}

export declare interface ResponseEvent extends RequestEvent {
    status: number;
    /** The ID that the gateway gave to the request. */
    requestId: string | undefined;
    /** Milliseconds since the attempt began. */
    duration: number;
}

export declare interface RetryEvent extends CallEvent {
    /** Milliseconds until the next attempt. */
    delay: number;
    /** The message of the error that would have been thrown without another attempt. */
    reason: string;
}

/** What a signer signs. */
export declare interface Signable {
    method: string;
    url: string;
    /** The headers of the request, without credentials. */
    headers: Headers;
    /** Null where there is none. */
    body: string | null;
    project_id: string | undefined;
}

/** Signs requests, in place of a token. */
export declare interface Signer {
    /**
     * Gives the headers that authorize the request. Those that the runtime sets itself, such as `host`, are left out.
     * @returns undefined when the last signature was refused and there are no other keys to sign with
     */
    sign(request: Signable, context: SignerContext): Promise<Record<string, string> | undefined>;
}

/** What a signer is told beside the request. */
export declare interface SignerContext {
    /** The headers of the signature that the service has refused in this call, if there is one. */
    refused: Readonly<Record<string, string>> | undefined;
    /** Aborts when the attempt that waits for the signature ends. */
    signal: AbortSignal;
}

/** The JSON of those responses whose status is 2xx. */
declare type SuccessOf<Responses> = {
    [Status in keyof Responses]: `${Status & number}` extends `2${string}` ? JsonOf<Responses[Status]> : never;
}[keyof Responses];

/** No answer came in time. */
export declare class TimeoutError extends GeminiDBError {
    readonly name: "TimeoutError";
    /** Whether a value is a `TimeoutError`, made by any copy of this package. */
    static is(error: unknown): error is TimeoutError;
}

/** What a token function is told. */
export declare interface TokenContext {
    /** The token that the service has refused in this call: give another one. Undefined where none was. */
    refused: string | undefined;
    /** Aborts when the attempt that waits for the token ends: after its timeout, or because the caller aborted. */
    signal: AbortSignal;
    /** The client's own fetch. Unless `init` says otherwise, it follows no redirect, and ends when `signal` aborts. */
    fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/**
 * Gives a token, now or later. When it throws, the call rejects with an `AuthenticationError`, whose `cause` has the message and
 * the code of what was thrown, without secrets.
 */
export declare type TokenProvider = (context: TokenContext) => string | Promise<string>;

/** `undefined` for a property that may be absent. */
declare type UndefinedIfOptional<Value, Key extends keyof Value> = object extends Pick<Value, Key> ? undefined : never;

/** An answer came, but not one that the description knows: a redirect, a success without its body, or one that is too long. */
export declare class UnexpectedResponseError extends GeminiDBError {
    readonly name: "UnexpectedResponseError";
    /** The HTTP status. */
    readonly status: number;
    /** The parsed response body; its text, where it is not JSON or was cut. Credentials are replaced by `[redacted]`. */
    readonly body: unknown;
    constructor(message: string, context: ErrorContext & {
        status: number;
        body?: unknown;
    });
    /** Whether a value is an `UnexpectedResponseError`, made by any copy of this package. */
    static is(error: unknown): error is UnexpectedResponseError;
    toJSON(): Record<string, unknown>;
}

/** The input does not fit the description. Nothing was sent. */
export declare class ValidationError extends GeminiDBError {
    readonly name: "ValidationError";
    /** Every reason at once; the first 100 where there are more. */
    readonly issues: readonly Issue[];
    constructor(message: string, context: ErrorContext & {
        issues: readonly Issue[];
    });
    /** Whether a value is a `ValidationError`, made by any copy of this package. */
    static is(error: unknown): error is ValidationError;
}

/** A body under its key, which may be left out where the body may. */
declare type WholeBody<Id extends OperationId, Json> = object extends Pick<OperationTypes[Id], "requestBody" & keyof OperationTypes[Id]> ? {
    body?: Json;
} : {
    body: Json;
};

/** The operations whose request body the client takes as a whole, under the key `body`. */
declare type WholeBodyId = never;

export { }
