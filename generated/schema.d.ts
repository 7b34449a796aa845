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
export type webhooks = Record<string, never>;
export interface components {
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
export type $defs = Record<string, never>;
export interface operations {
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
