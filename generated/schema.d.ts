/* Generated from openapi/ by `npm run generate`. Do not edit. */
export interface paths {
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
         * Starts a manual backup of an instance, or of chosen databases and tables of a GeminiDB Cassandra instance.
         *
         *     **Instances:** GeminiDB Cassandra, GeminiDB Mongo (version 4.0, replica set), GeminiDB Influx and GeminiDB Redis.
         *     The instance must be available.
         *
         *     **Permission:** an account may call it as it is. An IAM user needs the action
         *     `gaussdbfornosql:instance:createBackup` (access level *Write*), or its alias `nosql:backup:create`
         *     where roles and policies are used.
         *
         *     **Not safe to repeat:** after a lost answer, look whether the backup exists before you send the request again.
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
         * Deletes a manual backup for good. Automated backups cannot be deleted this way.
         *
         *     **Instances:** backups of GeminiDB Cassandra, GeminiDB Mongo, GeminiDB Influx and GeminiDB Redis.
         *
         *     **Permission:** an account may call it as it is. An IAM user needs the action
         *     `gaussdbfornosql:instance:deleteBackup` (access level *Write*), or its alias `nosql:backup:delete`
         *     where roles and policies are used.
         *
         *     **Safe to repeat:** a backup that is already gone is answered `400` with the code `DBS.201214`.
         */
        delete: operations["deleteManualBackup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** One database, or chosen tables of it. */
        DatabaseTableInfo: {
            /** The name of the database. */
            database_name: string;
            /** The names of the tables. Absent, `null` or empty: the whole database is backed up. Otherwise only these tables. */
            table_names?: string[] | null;
        };
        CreateManualBackupRequest: {
            /**
             * The name of the backup: 4 to 64 characters, a letter first, then only letters, digits, `-` and `_`.
             *     Upper and lower case count as different.
             */
            name: string;
            /** A description of the backup: at most 256 characters, none of `>!<"&'=`. It must be there, but may be empty. */
            description: string;
            /**
             * For GeminiDB Cassandra only. The databases and tables to back up.
             *     Absent, `null` or empty: the whole instance is backed up. Otherwise only what is listed.
             */
            database_tables?: components["schemas"]["DatabaseTableInfo"][] | null;
        };
        CreateManualBackupResponse: {
            /** The task that makes the backup. */
            job_id: string;
            /** The backup. Keep it, to delete the backup later. */
            backup_id: string;
        };
        DeleteManualBackupResponse: {
            /** The task that deletes the backup. */
            job_id: string;
        };
    };
    responses: {
        /** Accepted. The backup is being made. More keys may appear, such as an echo of `database_tables`. */
        CreateManualBackupAccepted: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CreateManualBackupResponse"];
            };
        };
        /** The request, or what it names, is not accepted. A backup that does not exist is answered here too. */
        CreateManualBackupBadRequest: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                };
            };
        };
        /** No token, an expired token, or a signature that does not hold. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code?: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg?: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                    /** What IAM answers: `code`, the HTTP status as a number, `message`, and `title`, the name of the status. */
                    error?: Record<string, never>;
                };
            };
        };
        /** A missing permission, an invalid token, or an instance that is busy or not available. */
        CreateManualBackupForbidden: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** No such instance, or no such path. */
        CreateManualBackupNotFound: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** The body is larger than the 12 MB that the gateway takes. */
        ContentTooLarge: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** Too many requests, or too many connections. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** The service failed or is overloaded. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                };
            };
        };
        /** The gateway found the service unavailable. */
        BadGateway: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** The gateway got no answer from the service in time. */
        GatewayTimeout: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** Accepted. The backup is being deleted. */
        DeleteManualBackupAccepted: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DeleteManualBackupResponse"];
            };
        };
        /** The request, or what it names, is not accepted. A backup that does not exist is answered here too. */
        DeleteManualBackupBadRequest: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                };
            };
        };
        /** A missing permission, an invalid token, or an instance that is busy or not available. */
        DeleteManualBackupForbidden: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
        /** No such path. */
        DeleteManualBackupNotFound: {
            headers: {
                "x-request-id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /**
                     * The code to branch on: the HTTP status does not tell the cause. Codes start with `DBS.` where the service
                     *     answered, with `APIGW.` where the gateway did. The known ones stand beside as examples; others may appear.
                     */
                    error_code: string;
                    /** What went wrong, in the words of the service. Not for branching. */
                    error_msg: string;
                    /** The number of the request, as in the header `x-request-id`. Only the gateway sends it. */
                    request_id?: string;
                };
            };
        };
    };
    parameters: {
        /**
         * The project of the tenant, in the region of the host.
         * @example 054e292c9880d4992f02c0196d3ea468
         */
        ProjectId: string;
        /**
         * The instance to back up.
         * @example a4d8ea2584e047439a667703c0684119in06
         */
        InstanceId: string;
        /**
         * The backup to delete, as `backup_id` in the answer of the create.
         * @example 5b0ae36cb8a746b68685a8fb588d8a15br06
         */
        BackupId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * The number of the request at the gateway. Quote it when you ask for support.
         * @example 7f3a1c5e9b2d4860a1f4c7e29d0b6358
         */
        XRequestId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createManualBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The project of the tenant, in the region of the host.
                 * @example 054e292c9880d4992f02c0196d3ea468
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * The instance to back up.
                 * @example a4d8ea2584e047439a667703c0684119in06
                 */
                instance_id: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** What to back up, and how to call it. Keys that are not listed are refused. */
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
                 * The project of the tenant, in the region of the host.
                 * @example 054e292c9880d4992f02c0196d3ea468
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * The backup to delete, as `backup_id` in the answer of the create.
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
