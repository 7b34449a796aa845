/** A backup that exists, by the wire names of the request that made it and of its answer. */
export declare type Backup = Readonly<operations["deleteManualBackup"]["parameters"]["path"] & Partial<operations["createManualBackup"]["parameters"]["path"]> & Partial<components["schemas"]["CreateManualBackupRequest"]> & Partial<components["schemas"]["CreateManualBackupResponse"]>>;

export declare interface ChaosOptions {
    /** The share of the requests that meet a fault, from 0 to 1. */
    readonly share: number;
    /** A whole number. The same seed gives the same faults to the same sequence of requests. */
    readonly seed?: number | undefined;
    /**
     * The faults to choose from.
     * @default all
     */
    readonly faults?: readonly Fault[] | undefined;
}

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

/**
 * Connects to a mock that runs in another process or another thread with `control: true` (`mock --control`), and gives
 * the interface of `startMock`. `requests`, `respond` and the rest do their request at once, so this thread waits
 * meanwhile. `close()` and the end of `await using` end the connection, not the mock, and never verify.
 * @param url as in `mock.url`
 * @throws {Error} in one sentence, when there is no such mock, its control interface is off, or no thread can be started
 */
export declare function connectMock(url: string): Promise<Mock>;

/**
 * A mock without a port, for `createClient({ fetch: mock.fetch })` and for everything that takes a Fetch API `Request`.
 * @throws {TypeError} in one sentence that names a wrong option
 * @throws {Error} in one sentence, when Prism is not installed
 * @example
 * const mock = createMock();
 * const geminidb = createClient({ baseUrl: mock.url, fetch: mock.fetch, project_id: "p", auth: "any" });
 */
export declare function createMock(options?: MockOptions): Mock;

/** An error code that the description lists. */
declare type ErrorCode = "APIGW.0101" | "APIGW.0201" | "APIGW.0301" | "APIGW.0302" | "APIGW.0307" | "APIGW.0308" | "DBS.200001" | "DBS.200002" | "DBS.200010" | "DBS.200011" | "DBS.200018" | "DBS.200019" | "DBS.200047" | "DBS.200604" | "DBS.200998" | "DBS.201000" | "DBS.201014" | "DBS.201015" | "DBS.201028" | "DBS.201201" | "DBS.201204" | "DBS.201212" | "DBS.201214" | "DBS.201319" | "DBS.280001" | "DBS.280005" | "DBS.280015" | "DBS.280016" | "DBS.280032" | "DBS.280042" | "DBS.280056" | "DBS.280063" | "DBS.280064" | "DBS.280124" | "DBS.280127" | "DBS.280277" | "DBS.280347" | "DBS.280404" | "DBS.280408" | "DBS.280443";

/** A fault on the line. */
export declare type Fault = 
/** The connection is reset after the service has carried out the request. */
"reset"
/** The connection is reset before the request's body is read, whatever is in it: nothing is carried out. */
| "reset-early"
/** There is no answer at all. */
| "hang"
/** The body ends half-way, then the connection does. */
| "cut"
/** The body comes byte by byte, 50 ms apart. */
| "drip"
/** The right body has the wrong content type. */
| "content-type"
/** The right status has no body. */
| "empty";

/** The same value, also from read-only arrays, and with `undefined` wherever a property may be absent. */
declare type Lenient<Value> = Value extends readonly (infer Item)[] ? readonly Lenient<Item>[] : Value extends object ? {
    [Key in keyof Value]: Lenient<Value[Key]> | UndefinedIfOptional<Value, Key>;
} & {} : Value;

export declare interface Mock {
    /** For `createClient({ baseUrl })`. Without a port, an address that only `fetch` of the mock knows. */
    readonly url: string;
    /** Answers a request without a socket, and rejects as the `fetch` of Node does. */
    readonly fetch: MockFetch;
    /** The last 1,000 requests in the order of their arrival, the oldest first; fewer where they are large. */
    readonly requests: readonly RecordedRequest[];
    /** The replies that have not been used. */
    readonly pending: readonly PendingReply[];
    /** The backups that exist, the oldest first. */
    readonly backups: readonly Backup[];
    /** The seed of `chaos`, to repeat its faults; undefined without `chaos`. */
    readonly seed: number | undefined;
    /**
     * Queues replies. Each answers one request of that operation that keeps to the description, or as many as `times`
     * says; where several fit, the first one. The reply is copied.
     * @throws {TypeError} when there is no such operation, example or fault; says what there is. Then none is queued.
     */
    respond(operationId: OperationId, ...replies: Reply[]): void;
    /**
     * Checks how the mock was used.
     * @throws {Error} that lists the replies which were not used, the requests that do not keep to the description, and those
     * that the mock could not answer
     */
    verify(): void;
    /** Forgets requests, queued replies and backups, and restores the state after the start. Requests that are still under way are not recorded. */
    reset(): void;
    /** Ends every connection. A second call does nothing more. */
    close(): Promise<void>;
    /** Closes, then verifies where the option `verify` is set. */
    [Symbol.asyncDispose](): Promise<void>;
}

export declare type MockFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What `createMock` takes. */
export declare interface MockOptions {
    /**
     * Answers every call with the documented example, and remembers nothing.
     * @default false
     */
    stateless?: boolean | undefined;
    /**
     * Milliseconds for which an accepted operation keeps its instance busy; another is then answered with the busy code.
     * @default 0
     */
    busyFor?: number | undefined;
    /**
     * Milliseconds to wait before every answer, by the clock of the test where it has a fake one.
     * @default 0
     */
    latency?: number | undefined;
    /**
     * The backups that exist from the start, at most 10,000.
     * @default the one that the documented example of the delete deletes; with a `quota` of 0, none
     */
    backups?: Lenient<readonly Backup[]> | undefined;
    /**
     * How many backups a project may have; one more is refused. The default is no limit. The mock itself remembers 10,000
     * backups, fewer where they take more than 32 MB: with one more, it forgets the oldest.
     */
    quota?: number | undefined;
    /** Replies to queue from the start, by operation. */
    scenario?: Readonly<Record<string, readonly Reply[]>> | undefined;
    /** Random faults for a share of the requests that no reply and no preference decides. */
    chaos?: ChaosOptions | undefined;
    /** A file to which each exchange is written as HTTP Archive, once its response has left. Each mock needs its own, and one that holds anything else is refused. Credentials are redacted. */
    har?: string | undefined;
    /** Called when a request has been answered, also when `reset()` was called meanwhile. If it throws, the process emits a warning. */
    onRequest?: ((request: RecordedRequest) => unknown) | undefined;
    /**
     * Calls `verify()` when `await using` ends. A test that has failed before then ends with a `SuppressedError`: its `error`
     * says what `verify()` found, its `suppressed` why the test failed. `mock.verify()` as the last line of a test avoids that.
     * @default false
     */
    verify?: boolean | undefined;
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

/** A reply that waits for its request. */
export declare interface PendingReply {
    /** A later version may know more operations. */
    readonly operationId: OperationName;
    readonly reply: Reply;
    /** How many requests it will still answer. */
    readonly left: number;
}

/** What the mock has received and what it answered. */
export declare interface RecordedRequest {
    /** Undefined where the description has no such path and method. */
    readonly operationId: OperationName | undefined;
    /** Empty where the request was no HTTP, or its first line was not kept. */
    readonly method: string;
    /** Path and query as received. */
    readonly path: string;
    /** The path parameters, decoded. */
    readonly parameters: Readonly<Record<string, string>>;
    /** The headers, with credentials replaced by `[redacted]`. */
    readonly headers: Readonly<Record<string, string>>;
    /**
     * The parsed body; its text, where it is not JSON or nested very deeply; undefined where there is none. Of a body of more than 65,536
     * characters, the beginning of its text.
     */
    readonly body: unknown;
    /** The size of the body, in bytes. For a body above 12 MB without a Content-Length, at least that much. */
    readonly bodySize: number;
    /** What was wrong with the request: the first 20 faults. */
    readonly violations: readonly Violation[];
    /** How many faults were found. A body of more than 4 kB is only checked up to its first one. */
    readonly violationCount: number;
    /**
     * What was answered: a status, `reset` or `hang`; `pending` until that is decided. `cut` after a status says that the response
     * broke off on request, `undelivered` after a status or `reset` that the caller had gone before. `unfinished` is a request whose
     * body never ended, or one without TLS to a mock that speaks https.
     */
    readonly answer: string;
    /** The error code of the answer. */
    readonly code: string | undefined;
    /** The body of the answer, kept as that of the request is. */
    readonly answerBody: unknown;
    /** When the request arrived. */
    readonly arrived: Date;
    /** Milliseconds from the arrival to the end of the answer, in real time, also where a test has a clock of its own. 0 until then. */
    readonly duration: number;
}

/** How one request is to be answered. An empty reply answers as the mock would without it. */
export declare interface Reply {
    /** The name of a documented example: an error code, or a success. */
    readonly example?: ErrorCode | (string & {}) | undefined;
    /** The status, where the example alone does not tell; with `html`, the status of the page. */
    readonly status?: number | undefined;
    /** An HTML page, as from a proxy, in place of what the API answers. Its status is 502, or that of `status` or `example`. */
    readonly html?: boolean | undefined;
    /** Milliseconds to wait before the answer, or the least and the most of them, between which chance decides. */
    readonly delay?: number | readonly [least: number, most: number] | undefined;
    /** The header Retry-After: whole seconds, or the text of the header. */
    readonly retryAfter?: number | string | undefined;
    readonly fault?: Fault | undefined;
    /**
     * Whether the service carries out the request, whatever is answered: a create makes its backup, a delete deletes it,
     * unless the state forbids it, as while the instance is busy.
     *
     * The default follows from the rest of the reply. With a fault after the service (`reset`, `hang`, `cut`, `drip`,
     * `content-type`, `empty`), the request has been carried out, and only the response is lost or damaged. With `reset-early`, a
     * documented error or an HTML page, it has not. `done: true` is refused beside `reset-early`.
     */
    readonly done?: boolean | undefined;
    /** Only for requests whose path parameters, or properties of the body, have these values. A value that no valid request has is refused. */
    readonly when?: Readonly<Record<string, unknown>> | undefined;
    /**
     * How many requests it answers.
     * @default 1
     */
    readonly times?: number | undefined;
}

/** What `startMock` takes. */
export declare interface ServerOptions extends MockOptions {
    /**
     * The port; 0 takes any that is free.
     * @default 0
     */
    port?: number | undefined;
    /**
     * The address to listen on. Any other than this machine's own opens the mock to the network.
     * @default "127.0.0.1"
     */
    host?: string | undefined;
    /**
     * A certificate and its key, in PEM: the mock then speaks https. Clients only trust a certificate that names the `host`: by
     * default the IP address 127.0.0.1, and with `host: "localhost"` that name.
     */
    tls?: {
        readonly cert: string | Uint8Array;
        readonly key: string | Uint8Array;
    } | undefined;
    /**
     * Serves the control interface under `/__mock/`, for other languages and for `connectMock`.
     * @default false
     */
    control?: boolean | undefined;
    /**
     * Lets the process end although the mock is open, also while an answer waits.
     * @default false
     */
    unref?: boolean | undefined;
}

/**
 * Starts a mock on this machine.
 * @throws {TypeError} in one sentence that names a wrong option
 * @throws {Error} in one sentence, when the port is busy or Prism is not installed
 * @example
 * await using mock = await startMock();
 * const geminidb = createClient({ baseUrl: mock.url, project_id: "p", auth: "any" });
 */
export declare function startMock(options?: ServerOptions): Promise<Mock>;

/** `undefined` for a property that may be absent. */
declare type UndefinedIfOptional<Value, Key extends keyof Value> = object extends Pick<Value, Key> ? undefined : never;

/**
 * Everything that knows Prism. Only its validators are used: they load without the parts that invent values or read
 * Postman collections, which are most of Prism's start. What to answer is decided elsewhere, from the catalogue.
 */
/** Why a request, or an answer, breaks the description. */
export declare interface Violation {
    /** Where: `["body", "name"]`. */
    readonly path: readonly string[];
    readonly message: string;
}

export { }
