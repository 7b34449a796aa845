// Generated from openapi/ by `npm run generate`. Do not edit.
export const operations = {
  "createManualBackup": {
    "method": "POST",
    "path": "/v3/{project_id}/instances/{instance_id}/backups",
    "parameters": { "__proto__": null,
      "project_id": "path",
      "instance_id": "path"
    },
    "form": "properties",
    "mediaType": "application/json"
  },
  "deleteManualBackup": {
    "method": "DELETE",
    "path": "/v3/{project_id}/backups/{backup_id}",
    "parameters": { "__proto__": null,
      "project_id": "path",
      "backup_id": "path"
    }
  }
};

export const servers = [
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.com",
    "regions": "af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 cn-east-2 cn-east-3 cn-east-4 cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-11 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 la-north-2 la-south-2 me-east-1 ru-moscow-1 ru-northwest-2 sa-brazil-1 tr-west-1"
  },
  {
    "url": "https://gaussdb-nosql.{region}.myhuaweicloud.eu",
    "regions": "eu-west-101"
  }
];

export const iamServers = [
  {
    "url": "https://iam.{region}.myhuaweicloud.com",
    "regions": "af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 cn-east-2 cn-east-3 cn-east-4 cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-11 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 la-north-2 la-south-2 me-east-1 ru-moscow-1 ru-northwest-2 sa-brazil-1 tr-west-1"
  },
  {
    "url": "https://iam.{region}.myhuaweicloud.eu",
    "regions": "eu-west-101"
  }
];

export const tokenHeader = "X-Auth-Token";

export const tokenRequest = {
  "path": "/v3/auth/tokens?nocatalog=true",
  "header": "X-Subject-Token"
};

export const errors = [
  [
    "DBS.200001 DBS.280001 DBS.280042",
    "Correct the request."
  ],
  [
    "DBS.200010 DBS.280408",
    "Check project_id, the credentials and the region."
  ],
  [
    "DBS.200047 DBS.201204 DBS.200011 DBS.200018 DBS.201000 DBS.201014",
    "Wait until the instance is available, then repeat."
  ],
  [
    "DBS.200604",
    "Use the account that owns the instance."
  ],
  [
    "DBS.201201",
    "Choose another name."
  ],
  [
    "DBS.201212 DBS.280124",
    "Send the backup_id from the response of a create. Automated backups cannot be deleted."
  ],
  [
    "DBS.201214",
    "Already deleted, or backup_id is wrong."
  ],
  [
    "DBS.201319",
    "Wait until the restoration has ended, then repeat."
  ],
  [
    "DBS.280015 DBS.280063 APIGW.0302 DBS.280032",
    "Ask an administrator for the permission."
  ],
  [
    "DBS.280016 DBS.280404 DBS.201028 DBS.200002",
    "Check instance_id, project_id and the region."
  ],
  [
    "DBS.280127",
    "Correct description."
  ],
  [
    "DBS.280277",
    "Correct name."
  ],
  [
    "DBS.280347",
    "Send database_tables for GeminiDB Cassandra only."
  ],
  [
    "APIGW.0301 APIGW.0307 DBS.280056",
    "Get a new token, then repeat.",
    "token"
  ],
  [
    "DBS.200019 DBS.201015",
    "Wait until the other operation has ended, then repeat. Nothing was started.",
    "always"
  ],
  [
    "APIGW.0101",
    "Check the host, the method and the path."
  ],
  [
    "APIGW.0201@413",
    "Send a body of at most 12 MB."
  ],
  [
    "APIGW.0201@502 APIGW.0201@504 DBS.200998 DBS.280005",
    "Wait, and check whether the backup exists before you repeat a create.",
    "idempotent"
  ],
  [
    "APIGW.0308 DBS.280443",
    "Wait 2 to 5 seconds, then repeat.",
    "always"
  ],
  [
    "DBS.280064",
    "Wait, and check whether the backup exists before you repeat a create."
  ]
];
