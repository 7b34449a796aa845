// Generated from openapi/ by `npm run generate`. Do not edit.
export const catalogue = {
  "title": "GeminiDB manual backups",
  "version": "1.0.0",
  "summary": "Create and delete manual backups of Huawei Cloud GeminiDB instances.",
  "maxBodyBytes": 12582912,
  "mockPort": 4010,
  "unknownRoute": {
    "status": 404,
    "example": "APIGW.0101",
    "code": "APIGW.0101",
    "meaning": "The gateway does not know this API: the host, the method or the path is wrong.",
    "advice": "Check the host, the method and the path.",
    "headers": {
      "content-type": "application/json",
      "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
    },
    "body": {
      "error_code": "APIGW.0101",
      "error_msg": "The API does not exist or has not been published in the environment",
      "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
    }
  },
  "operations": [
    {
      "operationId": "createManualBackup",
      "method": "POST",
      "path": "/v3/{project_id}/instances/{instance_id}/backups",
      "exampleTarget": "/v3/054e292c9880d4992f02c0196d3ea468/instances/a4d8ea2584e047439a667703c0684119in06/backups",
      "command": "create",
      "summary": "Create a manual backup",
      "description": "Starts a manual backup of an instance, or of selected databases and tables of a GeminiDB Cassandra instance.\n\n**Instances:** GeminiDB Cassandra, GeminiDB Mongo (version 4.0, replica set), GeminiDB Influx and GeminiDB Redis.\nThe instance must be available.\n\n**Permission:** The account owner needs no extra permission. An IAM user needs the action\n`gaussdbfornosql:instance:createBackup` (access level *Write*), or its alias `nosql:backup:create`\nwhere roles and policies are used. The action has the resource type `instance` and the condition keys\n`g:ResourceTag/<tag-key>` and `g:EnterpriseProjectId`, so a policy can limit it by tag or by enterprise project.\n\n**Not safe to repeat:** If the response was lost, look for the backup by its name in the console, or list the backups\n(`GET /v3/{project_id}/backups`), before you send the request again.",
      "parameters": [
        {
          "name": "project_id",
          "in": "path",
          "required": true,
          "description": "The ID of your project in the region of the host. The console shows it, and the IAM call `GET /v3/projects` returns it.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "x-error-code": "DBS.280408"
          },
          "example": "054e292c9880d4992f02c0196d3ea468"
        },
        {
          "name": "instance_id",
          "in": "path",
          "required": true,
          "description": "The ID of the instance to back up. The console shows it, and the call that lists the instances returns it.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "x-error-code": "DBS.280404"
          },
          "example": "a4d8ea2584e047439a667703c0684119in06"
        }
      ],
      "requestBody": {
        "mediaType": "application/json",
        "required": true,
        "schema": {
          "type": "object",
          "required": [
            "name",
            "description"
          ],
          "additionalProperties": false,
          "properties": {
            "name": {
              "type": "string",
              "minLength": 4,
              "maxLength": 64,
              "pattern": "^[A-Za-z][A-Za-z0-9_-]*$",
              "x-error-code": "DBS.280277",
              "description": "The name of the backup: a letter first, then only letters, digits, `-` and `_`. The API reference says that upper\nand lower case count as different, and the user guides say that they do not. Choose names that differ in more than case. A name that is taken is refused (`DBS.201201`).\n"
            },
            "description": {
              "type": "string",
              "maxLength": 256,
              "pattern": "^[^>!<\"&'=]*$",
              "x-error-code": "DBS.280127",
              "description": "A description of the backup: any text without the characters `>!<\"&'=`. No document states a minimum length. The API\nreference does not mention line breaks, and the user guides forbid them, so avoid them.\n"
            },
            "database_tables": {
              "type": [
                "array",
                "null"
              ],
              "items": {
                "description": "One database, or selected tables of it.",
                "type": "object",
                "required": [
                  "database_name"
                ],
                "additionalProperties": false,
                "properties": {
                  "database_name": {
                    "type": "string",
                    "description": "The name of the database."
                  },
                  "table_names": {
                    "type": [
                      "array",
                      "null"
                    ],
                    "items": {
                      "type": "string"
                    },
                    "description": "The names of the tables. If the list is missing, `null` or empty, the whole database is backed up. Otherwise only the listed\ntables are backed up.\n"
                  }
                }
              },
              "description": "The databases and tables to back up, for GeminiDB Cassandra only. If the list is missing, `null` or empty, the whole instance\nis backed up. Otherwise only the listed databases and tables are backed up.\n"
            }
          }
        },
        "examples": [
          {
            "name": "instance",
            "summary": "The whole instance",
            "value": {
              "name": "nightly",
              "description": "Before the release"
            }
          },
          {
            "name": "tables",
            "summary": "Selected databases and tables",
            "value": {
              "name": "Creating_a_manual_database-_and_table-level_backup",
              "description": "Create a manual database- and table-level manual backup.",
              "database_tables": [
                {
                  "database_name": "databaseNameA",
                  "table_names": [
                    "table_A",
                    "table_B"
                  ]
                },
                {
                  "database_name": "databaseNameB",
                  "table_names": null
                }
              ]
            }
          }
        ]
      },
      "success": {
        "status": 202,
        "example": "tables",
        "headers": {
          "content-type": "application/json",
          "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
        },
        "body": {
          "job_id": "8061ceaf-b319-4315-9338-7f3de8e26f05",
          "backup_id": "646d88d0b03f4fd2ae944ae2a33bcb6ain06"
        }
      },
      "failures": [
        {
          "status": 400,
          "example": "DBS.200001",
          "code": "DBS.200001",
          "meaning": "A parameter is missing, of the wrong type or out of range.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200001",
            "error_msg": "Parameter error."
          }
        },
        {
          "status": 400,
          "example": "DBS.200010",
          "code": "DBS.200010",
          "meaning": "The service could not authenticate the request.",
          "advice": "Check `project_id`, the credentials and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200010",
            "error_msg": "Authentication failed."
          }
        },
        {
          "status": 400,
          "example": "DBS.200047",
          "code": "DBS.200047",
          "meaning": "The instance or the node is in a state that does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200047",
            "error_msg": "Operation cannot be executed in current state of the DB instance or node."
          }
        },
        {
          "status": 400,
          "example": "DBS.200604",
          "code": "DBS.200604",
          "meaning": "The instance belongs to another account.",
          "advice": "Use the account that owns the instance.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200604",
            "error_msg": "The instance is not owned by the current user."
          }
        },
        {
          "status": 400,
          "example": "DBS.201201",
          "code": "DBS.201201",
          "meaning": "A backup with this name already exists.",
          "advice": "The backup may come from a create whose response was lost, so check first. Otherwise choose another `name`.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201201",
            "error_msg": "The backup already exists."
          }
        },
        {
          "status": 400,
          "example": "DBS.280001",
          "code": "DBS.280001",
          "meaning": "A parameter is not valid.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280001",
            "error_msg": "Parameter error."
          }
        },
        {
          "status": 400,
          "example": "DBS.280015",
          "code": "DBS.280015",
          "meaning": "The user lacks a permission.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280015",
            "error_msg": "Permission denied."
          }
        },
        {
          "status": 400,
          "example": "DBS.280016",
          "code": "DBS.280016",
          "meaning": "A resource in the request does not exist.",
          "advice": "Check the IDs in the request and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280016",
            "error_msg": "Resource not found."
          }
        },
        {
          "status": 400,
          "example": "DBS.280042",
          "code": "DBS.280042",
          "meaning": "The request as a whole is not valid.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280042",
            "error_msg": "Invalid request."
          }
        },
        {
          "status": 400,
          "example": "DBS.280063",
          "code": "DBS.280063",
          "meaning": "The user lacks the permissions that the message names.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280063",
            "error_msg": "You do not have following permission to perform this operation: {0}. Contact the administrator to obtain permission."
          }
        },
        {
          "status": 400,
          "example": "DBS.280127",
          "code": "DBS.280127",
          "meaning": "The `description` of the backup is not valid.",
          "advice": "Correct `description`.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280127",
            "error_msg": "Invalid backup description."
          }
        },
        {
          "status": 400,
          "example": "DBS.280277",
          "code": "DBS.280277",
          "meaning": "The `name` of the backup is not valid.",
          "advice": "Correct `name`.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280277",
            "error_msg": "Invalid backup name."
          }
        },
        {
          "status": 400,
          "example": "DBS.280347",
          "code": "DBS.280347",
          "meaning": "This kind of database does not support the operation.",
          "advice": "Leave out `database_tables`, unless the instance is GeminiDB Cassandra. If the request has none, this kind of instance cannot be backed up.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280347",
            "error_msg": "Unsupported database type."
          }
        },
        {
          "status": 400,
          "example": "DBS.280404",
          "code": "DBS.280404",
          "meaning": "The `instance_id` is malformed.",
          "advice": "Check `instance_id`, `project_id` and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280404",
            "error_msg": "Invalid DB instance ID."
          }
        },
        {
          "status": 400,
          "example": "DBS.280408",
          "code": "DBS.280408",
          "meaning": "The `project_id` is not valid.",
          "advice": "Check `project_id`, the credentials and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280408",
            "error_msg": "Invalid project id."
          }
        },
        {
          "status": 401,
          "example": "APIGW.0301",
          "code": "APIGW.0301",
          "meaning": "The gateway could not verify the token or the signature.",
          "advice": "Get a new token, then repeat. With access keys, check them and the clock first.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0301",
            "error_msg": "Incorrect IAM authentication information",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 401,
          "example": "APIGW.0307",
          "code": "APIGW.0307",
          "meaning": "The token has expired.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0307",
            "error_msg": "The token must be updated.",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 401,
          "example": "iam.401",
          "meaning": "IAM, the identity service, refused the token. The body has no error code.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error": {
              "code": 401,
              "message": "The request you have made requires authentication.",
              "title": "Unauthorized"
            }
          }
        },
        {
          "status": 403,
          "example": "APIGW.0302",
          "code": "APIGW.0302",
          "meaning": "The gateway does not allow this IAM user to call the API.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0302",
            "error_msg": "The IAM user is not authorized to access the API",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 403,
          "example": "DBS.200011",
          "code": "DBS.200011",
          "meaning": "The instance is in a state that does not allow the operation named in the message.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200011",
            "error_msg": "This instance {0} status makes it not be allowed to do this {1} operation now."
          }
        },
        {
          "status": 403,
          "example": "DBS.200018",
          "code": "DBS.200018",
          "meaning": "The instance, or one of its nodes, is in a state that does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200018",
            "error_msg": "This instance's status or its node's status makes it not be allowed to do this operation now."
          }
        },
        {
          "status": 403,
          "example": "DBS.200019",
          "code": "DBS.200019",
          "meaning": "The instance is busy with another operation, or it is faulty.",
          "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200019",
            "error_msg": "Another operation is being performed on the DB instance or the DB instance is faulty."
          }
        },
        {
          "status": 403,
          "example": "DBS.201000",
          "code": "DBS.201000",
          "meaning": "The state of the instance does not allow the operation named in the message.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201000",
            "error_msg": "The status of DB instance {0} does not allow the {1} operation."
          }
        },
        {
          "status": 403,
          "example": "DBS.201014",
          "code": "DBS.201014",
          "meaning": "The state of the instance does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201014",
            "error_msg": "Operation cannot be executed in current state of the DB instance."
          }
        },
        {
          "status": 403,
          "example": "DBS.201015",
          "code": "DBS.201015",
          "meaning": "The instance is busy with another operation, or it is faulty.",
          "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201015",
            "error_msg": "This operation cannot be performed because another operation is being performed on the DB instance or the DB instance is faulty. Try again later."
          }
        },
        {
          "status": 403,
          "example": "DBS.201028",
          "code": "DBS.201028",
          "meaning": "No instance has this `instance_id` in this project.",
          "advice": "Check `instance_id`, `project_id` and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201028",
            "error_msg": "The DB instance does not exist."
          }
        },
        {
          "status": 403,
          "example": "DBS.280032",
          "code": "DBS.280032",
          "meaning": "The user is not allowed to perform this operation.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280032",
            "error_msg": "You do not have permission to perform this operation. Contact the administrator to obtain permission."
          }
        },
        {
          "status": 403,
          "example": "DBS.280056",
          "code": "DBS.280056",
          "meaning": "The token is not valid.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280056",
            "error_msg": "Token invalid."
          }
        },
        {
          "status": 404,
          "example": "APIGW.0101",
          "code": "APIGW.0101",
          "meaning": "The gateway does not know this API: the host, the method or the path is wrong.",
          "advice": "Check the host, the method and the path.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0101",
            "error_msg": "The API does not exist or has not been published in the environment",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 404,
          "example": "DBS.200002",
          "code": "DBS.200002",
          "meaning": "No instance has this `instance_id`.",
          "advice": "Check `instance_id`, `project_id` and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200002",
            "error_msg": "The DB instance does not exist."
          }
        },
        {
          "status": 413,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The body is larger than the gateway accepts.",
          "advice": "Send a body of at most 12 MB.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Request entity too large",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 429,
          "example": "APIGW.0308",
          "code": "APIGW.0308",
          "meaning": "Too many requests in a short time.",
          "advice": "Wait 2 to 5 seconds, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0308",
            "error_msg": "The throttling threshold has been reached",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 429,
          "example": "DBS.280443",
          "code": "DBS.280443",
          "meaning": "Too many connections are open.",
          "advice": "Wait 2 to 5 seconds, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280443",
            "error_msg": "The maximum number of connections has been reached."
          }
        },
        {
          "status": 500,
          "example": "DBS.200998",
          "code": "DBS.200998",
          "meaning": "The service is overloaded.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200998",
            "error_msg": "The system is busy. Try again later."
          }
        },
        {
          "status": 500,
          "example": "DBS.280005",
          "code": "DBS.280005",
          "meaning": "The service failed.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280005",
            "error_msg": "Server error. Try again later."
          }
        },
        {
          "status": 500,
          "example": "DBS.280064",
          "code": "DBS.280064",
          "meaning": "The service could not check the permissions.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280064",
            "error_msg": "Check PDP permissions failed."
          }
        },
        {
          "status": 502,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The gateway found the service unavailable.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Backend unavailable",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 504,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The gateway got no response from the service in time.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Backend timeout",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        }
      ],
      "fieldCodes": {
        "project_id": "DBS.280408",
        "instance_id": "DBS.280404",
        "name": "DBS.280277",
        "description": "DBS.280127"
      },
      "state": {
        "effect": "create",
        "id": "backup_id",
        "within": "project_id",
        "unique": "name",
        "occupies": "instance_id",
        "conflict": "DBS.201201",
        "full": "DBS.280042",
        "busy": "DBS.200019"
      }
    },
    {
      "operationId": "deleteManualBackup",
      "method": "DELETE",
      "path": "/v3/{project_id}/backups/{backup_id}",
      "exampleTarget": "/v3/054e292c9880d4992f02c0196d3ea468/backups/5b0ae36cb8a746b68685a8fb588d8a15br06",
      "command": "delete",
      "summary": "Delete a manual backup",
      "description": "Deletes a manual backup for good. Automated backups cannot be deleted with this operation.\n\n**Instances:** backups of GeminiDB Cassandra, GeminiDB Mongo, GeminiDB Influx and GeminiDB Redis.\n\n**Permission:** The account owner needs no extra permission. An IAM user needs the action\n`gaussdbfornosql:instance:deleteBackup` (access level *Write*), or its alias `nosql:backup:delete`\nwhere roles and policies are used. The action has neither a resource type nor a condition key, so no policy can limit\ndeletes by tag or by enterprise project.\n\n**Safe to repeat:** If the backup is already gone, the response is `400` with the code `DBS.201214`.",
      "parameters": [
        {
          "name": "project_id",
          "in": "path",
          "required": true,
          "description": "The ID of your project in the region of the host. The console shows it, and the IAM call `GET /v3/projects` returns it.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "x-error-code": "DBS.280408"
          },
          "example": "054e292c9880d4992f02c0196d3ea468"
        },
        {
          "name": "backup_id",
          "in": "path",
          "required": true,
          "description": "The ID of the backup to delete. The response of the create contains it as `backup_id`.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "x-error-code": "DBS.201212"
          },
          "example": "5b0ae36cb8a746b68685a8fb588d8a15br06"
        }
      ],
      "success": {
        "status": 202,
        "example": "accepted",
        "headers": {
          "content-type": "application/json",
          "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
        },
        "body": {
          "job_id": "f85104b5-4a9c-4e0f-9505-fc5409d8f7ae"
        }
      },
      "failures": [
        {
          "status": 400,
          "example": "DBS.200001",
          "code": "DBS.200001",
          "meaning": "A parameter is missing, of the wrong type or out of range.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200001",
            "error_msg": "Parameter error."
          }
        },
        {
          "status": 400,
          "example": "DBS.200010",
          "code": "DBS.200010",
          "meaning": "The service could not authenticate the request.",
          "advice": "Check `project_id`, the credentials and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200010",
            "error_msg": "Authentication failed."
          }
        },
        {
          "status": 400,
          "example": "DBS.200047",
          "code": "DBS.200047",
          "meaning": "The instance or the node is in a state that does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200047",
            "error_msg": "Operation cannot be executed in current state of the DB instance or node."
          }
        },
        {
          "status": 400,
          "example": "DBS.201204",
          "code": "DBS.201204",
          "meaning": "The instance is in a state that does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201204",
            "error_msg": "Operation cannot be executed in current state of the DB instance."
          }
        },
        {
          "status": 400,
          "example": "DBS.201212",
          "code": "DBS.201212",
          "meaning": "The `backup_id` is malformed.",
          "advice": "Send the `backup_id` from the response of a create. This operation deletes no automated backups.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201212",
            "error_msg": "Backup ID is illegal."
          }
        },
        {
          "status": 400,
          "example": "DBS.201214",
          "code": "DBS.201214",
          "meaning": "No backup has this `backup_id`: it was deleted, or never existed.",
          "advice": "If it was deleted before, nothing is left to do. Otherwise check `backup_id`.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201214",
            "error_msg": "The backup file does not exist."
          }
        },
        {
          "status": 400,
          "example": "DBS.201319",
          "code": "DBS.201319",
          "meaning": "The backup is being restored and cannot be deleted yet.",
          "advice": "Wait until the restoration has ended, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201319",
            "error_msg": "Deleting backup file is not allowed because a restoration task is currently in progress. Please wait."
          }
        },
        {
          "status": 400,
          "example": "DBS.280001",
          "code": "DBS.280001",
          "meaning": "A parameter is not valid.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280001",
            "error_msg": "Parameter error."
          }
        },
        {
          "status": 400,
          "example": "DBS.280015",
          "code": "DBS.280015",
          "meaning": "The user lacks a permission.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280015",
            "error_msg": "Permission denied."
          }
        },
        {
          "status": 400,
          "example": "DBS.280016",
          "code": "DBS.280016",
          "meaning": "A resource in the request does not exist.",
          "advice": "Check the IDs in the request and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280016",
            "error_msg": "Resource not found."
          }
        },
        {
          "status": 400,
          "example": "DBS.280042",
          "code": "DBS.280042",
          "meaning": "The request as a whole is not valid.",
          "advice": "Correct the request.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280042",
            "error_msg": "Invalid request."
          }
        },
        {
          "status": 400,
          "example": "DBS.280063",
          "code": "DBS.280063",
          "meaning": "The user lacks the permissions that the message names.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280063",
            "error_msg": "You do not have following permission to perform this operation: {0}. Contact the administrator to obtain permission."
          }
        },
        {
          "status": 400,
          "example": "DBS.280124",
          "code": "DBS.280124",
          "meaning": "The operation cannot work on this backup.",
          "advice": "Send the `backup_id` from the response of a create. This operation deletes no automated backups.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280124",
            "error_msg": "Invalid backup."
          }
        },
        {
          "status": 400,
          "example": "DBS.280408",
          "code": "DBS.280408",
          "meaning": "The `project_id` is not valid.",
          "advice": "Check `project_id`, the credentials and the region.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280408",
            "error_msg": "Invalid project id."
          }
        },
        {
          "status": 401,
          "example": "APIGW.0301",
          "code": "APIGW.0301",
          "meaning": "The gateway could not verify the token or the signature.",
          "advice": "Get a new token, then repeat. With access keys, check them and the clock first.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0301",
            "error_msg": "Incorrect IAM authentication information",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 401,
          "example": "APIGW.0307",
          "code": "APIGW.0307",
          "meaning": "The token has expired.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0307",
            "error_msg": "The token must be updated.",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 401,
          "example": "iam.401",
          "meaning": "IAM, the identity service, refused the token. The body has no error code.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error": {
              "code": 401,
              "message": "The request you have made requires authentication.",
              "title": "Unauthorized"
            }
          }
        },
        {
          "status": 403,
          "example": "APIGW.0302",
          "code": "APIGW.0302",
          "meaning": "The gateway does not allow this IAM user to call the API.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0302",
            "error_msg": "The IAM user is not authorized to access the API",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 403,
          "example": "DBS.200011",
          "code": "DBS.200011",
          "meaning": "The instance is in a state that does not allow the operation named in the message.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200011",
            "error_msg": "This instance {0} status makes it not be allowed to do this {1} operation now."
          }
        },
        {
          "status": 403,
          "example": "DBS.200019",
          "code": "DBS.200019",
          "meaning": "The instance is busy with another operation, or it is faulty.",
          "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200019",
            "error_msg": "Another operation is being performed on the DB instance or the DB instance is faulty."
          }
        },
        {
          "status": 403,
          "example": "DBS.201000",
          "code": "DBS.201000",
          "meaning": "The state of the instance does not allow the operation named in the message.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201000",
            "error_msg": "The status of DB instance {0} does not allow the {1} operation."
          }
        },
        {
          "status": 403,
          "example": "DBS.201014",
          "code": "DBS.201014",
          "meaning": "The state of the instance does not allow the operation.",
          "advice": "Wait until the instance is available, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201014",
            "error_msg": "Operation cannot be executed in current state of the DB instance."
          }
        },
        {
          "status": 403,
          "example": "DBS.201015",
          "code": "DBS.201015",
          "meaning": "The instance is busy with another operation, or it is faulty.",
          "advice": "Wait until the other operation has ended, then repeat. If it stays, check the instance.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.201015",
            "error_msg": "This operation cannot be performed because another operation is being performed on the DB instance or the DB instance is faulty. Try again later."
          }
        },
        {
          "status": 403,
          "example": "DBS.280032",
          "code": "DBS.280032",
          "meaning": "The user is not allowed to perform this operation.",
          "advice": "Ask an administrator for the permission.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280032",
            "error_msg": "You do not have permission to perform this operation. Contact the administrator to obtain permission."
          }
        },
        {
          "status": 403,
          "example": "DBS.280056",
          "code": "DBS.280056",
          "meaning": "The token is not valid.",
          "advice": "Get a new token, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280056",
            "error_msg": "Token invalid."
          }
        },
        {
          "status": 404,
          "example": "APIGW.0101",
          "code": "APIGW.0101",
          "meaning": "The gateway does not know this API: the host, the method or the path is wrong.",
          "advice": "Check the host, the method and the path.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0101",
            "error_msg": "The API does not exist or has not been published in the environment",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 413,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The body is larger than the gateway accepts.",
          "advice": "Send a body of at most 12 MB.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Request entity too large",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 429,
          "example": "APIGW.0308",
          "code": "APIGW.0308",
          "meaning": "Too many requests in a short time.",
          "advice": "Wait 2 to 5 seconds, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0308",
            "error_msg": "The throttling threshold has been reached",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 429,
          "example": "DBS.280443",
          "code": "DBS.280443",
          "meaning": "Too many connections are open.",
          "advice": "Wait 2 to 5 seconds, then repeat.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280443",
            "error_msg": "The maximum number of connections has been reached."
          }
        },
        {
          "status": 500,
          "example": "DBS.200998",
          "code": "DBS.200998",
          "meaning": "The service is overloaded.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.200998",
            "error_msg": "The system is busy. Try again later."
          }
        },
        {
          "status": 500,
          "example": "DBS.280005",
          "code": "DBS.280005",
          "meaning": "The service failed.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280005",
            "error_msg": "Server error. Try again later."
          }
        },
        {
          "status": 500,
          "example": "DBS.280064",
          "code": "DBS.280064",
          "meaning": "The service could not check the permissions.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "DBS.280064",
            "error_msg": "Check PDP permissions failed."
          }
        },
        {
          "status": 502,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The gateway found the service unavailable.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Backend unavailable",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        },
        {
          "status": 504,
          "example": "APIGW.0201",
          "code": "APIGW.0201",
          "meaning": "The gateway got no response from the service in time.",
          "advice": "Wait, and check whether the backup exists before you repeat a create.",
          "headers": {
            "content-type": "application/json",
            "x-request-id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          },
          "body": {
            "error_code": "APIGW.0201",
            "error_msg": "Backend timeout",
            "request_id": "7f3a1c5e9b2d4860a1f4c7e29d0b6358"
          }
        }
      ],
      "fieldCodes": {
        "project_id": "DBS.280408",
        "backup_id": "DBS.201212"
      },
      "state": {
        "effect": "delete",
        "id": "backup_id",
        "within": "project_id",
        "missing": "DBS.201214",
        "busy": "DBS.200019"
      }
    }
  ]
};
