// Generated from openapi/ by `npm run generate`. Do not edit.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
  }
});

var createManualBackup_input = validate21;
var schema32 = { "type": "object", "required": ["project_id", "instance_id", "name", "description"], "properties": { "project_id": { "type": "string", "minLength": 1, "x-error-code": "DBS.280408" }, "instance_id": { "type": "string", "minLength": 1, "x-error-code": "DBS.280404" }, "name": { "type": "string", "minLength": 4, "maxLength": 64, "pattern": "^[A-Za-z][A-Za-z0-9_-]*$", "x-error-code": "DBS.280277", "description": "The name of the backup: a letter first, then only letters, digits, `-` and `_`. The API reference says that upper\nand lower case count as different, and the user guides say that they do not. Choose names that differ in more than case. A name that is taken is refused (`DBS.201201`).\n" }, "description": { "type": "string", "maxLength": 256, "pattern": `^[^>!<"&'=]*$`, "x-error-code": "DBS.280127", "description": "A description of the backup: any text without the characters `>!<\"&'=`. No document states a minimum length. The API\nreference does not mention line breaks, and the user guides forbid them, so avoid them.\n" }, "database_tables": { "type": ["array", "null"], "items": { "description": "One database, or selected tables of it.", "type": "object", "required": ["database_name"], "additionalProperties": false, "properties": { "database_name": { "type": "string", "description": "The name of the database." }, "table_names": { "type": ["array", "null"], "items": { "type": "string" }, "description": "The names of the tables. If the list is missing, `null` or empty, the whole database is backed up. Otherwise only the listed\ntables are backed up.\n" } } }, "description": "The databases and tables to back up, for GeminiDB Cassandra only. If the list is missing, `null` or empty, the whole instance\nis backed up. Otherwise only the listed databases and tables are backed up.\n" } }, "additionalProperties": false };
var func0 = Object.prototype.hasOwnProperty;
var func65 = require_ucs2length().default;
var pattern4 = new RegExp("^[A-Za-z][A-Za-z0-9_-]*$", "u");
var pattern5 = new RegExp(`^[^>!<"&'=]*$`, "u");
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.project_id === void 0 || !func0.call(data, "project_id")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "project_id" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.instance_id === void 0 || !func0.call(data, "instance_id")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "instance_id" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.name === void 0 || !func0.call(data, "name")) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" } };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.description === void 0 || !func0.call(data, "description")) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "description" } };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "project_id" || key0 === "instance_id" || key0 === "name" || key0 === "description" || key0 === "database_tables")) {
        const err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.project_id !== void 0 && func0.call(data, "project_id")) {
      let data0 = data.project_id;
      if (typeof data0 === "string") {
        if (func65(data0) < 1) {
          const err5 = { instancePath: instancePath + "/project_id", schemaPath: "#/properties/project_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/project_id", schemaPath: "#/properties/project_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.instance_id !== void 0 && func0.call(data, "instance_id")) {
      let data1 = data.instance_id;
      if (typeof data1 === "string") {
        if (func65(data1) < 1) {
          const err7 = { instancePath: instancePath + "/instance_id", schemaPath: "#/properties/instance_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/instance_id", schemaPath: "#/properties/instance_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.name !== void 0 && func0.call(data, "name")) {
      let data2 = data.name;
      if (typeof data2 === "string") {
        if (func65(data2) > 64) {
          const err9 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 64 } };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (func65(data2) < 4) {
          const err10 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 4 } };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (!pattern4.test(data2)) {
          const err11 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z][A-Za-z0-9_-]*$" } };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      } else {
        const err12 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.description !== void 0 && func0.call(data, "description")) {
      let data3 = data.description;
      if (typeof data3 === "string") {
        if (func65(data3) > 256) {
          const err13 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 256 } };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        if (!pattern5.test(data3)) {
          const err14 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/pattern", keyword: "pattern", params: { pattern: `^[^>!<"&'=]*$` } };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.database_tables !== void 0 && func0.call(data, "database_tables")) {
      let data4 = data.database_tables;
      if (!Array.isArray(data4) && data4 !== null) {
        const err16 = { instancePath: instancePath + "/database_tables", schemaPath: "#/properties/database_tables/type", keyword: "type", params: { type: schema32.properties.database_tables.type } };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      if (Array.isArray(data4)) {
        const len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data5 = data4[i0];
          if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
            if (data5.database_name === void 0 || !func0.call(data5, "database_name")) {
              const err17 = { instancePath: instancePath + "/database_tables/" + i0, schemaPath: "#/properties/database_tables/items/required", keyword: "required", params: { missingProperty: "database_name" } };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            for (const key1 of Object.keys(data5)) {
              if (!(key1 === "database_name" || key1 === "table_names")) {
                const err18 = { instancePath: instancePath + "/database_tables/" + i0, schemaPath: "#/properties/database_tables/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 } };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
            if (data5.database_name !== void 0 && func0.call(data5, "database_name")) {
              if (typeof data5.database_name !== "string") {
                const err19 = { instancePath: instancePath + "/database_tables/" + i0 + "/database_name", schemaPath: "#/properties/database_tables/items/properties/database_name/type", keyword: "type", params: { type: "string" } };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data5.table_names !== void 0 && func0.call(data5, "table_names")) {
              let data7 = data5.table_names;
              if (!Array.isArray(data7) && data7 !== null) {
                const err20 = { instancePath: instancePath + "/database_tables/" + i0 + "/table_names", schemaPath: "#/properties/database_tables/items/properties/table_names/type", keyword: "type", params: { type: schema32.properties.database_tables.items.properties.table_names.type } };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
              if (Array.isArray(data7)) {
                const len1 = data7.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  if (typeof data7[i1] !== "string") {
                    const err21 = { instancePath: instancePath + "/database_tables/" + i0 + "/table_names/" + i1, schemaPath: "#/properties/database_tables/items/properties/table_names/items/type", keyword: "type", params: { type: "string" } };
                    if (vErrors === null) {
                      vErrors = [err21];
                    } else {
                      vErrors.push(err21);
                    }
                    errors++;
                  }
                }
              }
            }
          } else {
            const err22 = { instancePath: instancePath + "/database_tables/" + i0, schemaPath: "#/properties/database_tables/items/type", keyword: "type", params: { type: "object" } };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
      }
    }
  } else {
    const err23 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err23];
    } else {
      vErrors.push(err23);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
var createManualBackup_success = validate22;
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.job_id === void 0 || !func0.call(data, "job_id")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job_id" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.backup_id === void 0 || !func0.call(data, "backup_id")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "backup_id" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.job_id !== void 0 && func0.call(data, "job_id")) {
      let data0 = data.job_id;
      if (typeof data0 === "string") {
        if (func65(data0) < 1) {
          const err2 = { instancePath: instancePath + "/job_id", schemaPath: "#/properties/job_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/job_id", schemaPath: "#/properties/job_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.backup_id !== void 0 && func0.call(data, "backup_id")) {
      let data1 = data.backup_id;
      if (typeof data1 === "string") {
        if (func65(data1) < 1) {
          const err4 = { instancePath: instancePath + "/backup_id", schemaPath: "#/properties/backup_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/backup_id", schemaPath: "#/properties/backup_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
  } else {
    const err6 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate22.errors = vErrors;
  return errors === 0;
}
var deleteManualBackup_input = validate23;
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.project_id === void 0 || !func0.call(data, "project_id")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "project_id" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.backup_id === void 0 || !func0.call(data, "backup_id")) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "backup_id" } };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === "project_id" || key0 === "backup_id")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.project_id !== void 0 && func0.call(data, "project_id")) {
      let data0 = data.project_id;
      if (typeof data0 === "string") {
        if (func65(data0) < 1) {
          const err3 = { instancePath: instancePath + "/project_id", schemaPath: "#/properties/project_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/project_id", schemaPath: "#/properties/project_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.backup_id !== void 0 && func0.call(data, "backup_id")) {
      let data1 = data.backup_id;
      if (typeof data1 === "string") {
        if (func65(data1) < 1) {
          const err5 = { instancePath: instancePath + "/backup_id", schemaPath: "#/properties/backup_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/backup_id", schemaPath: "#/properties/backup_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
var deleteManualBackup_success = validate24;
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.job_id === void 0 || !func0.call(data, "job_id")) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "job_id" } };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.job_id !== void 0 && func0.call(data, "job_id")) {
      let data0 = data.job_id;
      if (typeof data0 === "string") {
        if (func65(data0) < 1) {
          const err1 = { instancePath: instancePath + "/job_id", schemaPath: "#/properties/job_id/minLength", keyword: "minLength", params: { limit: 1 } };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/job_id", schemaPath: "#/properties/job_id/type", keyword: "type", params: { type: "string" } };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}
export const validators = {
  createManualBackup: { input: createManualBackup_input, success: createManualBackup_success },
  deleteManualBackup: { input: deleteManualBackup_input, success: deleteManualBackup_success },
};
export const messages = {
  "type": "must be {type}",
  "required": "is missing",
  "additionalProperties": "is not known",
  "minLength": "must have at least {limit} characters",
  "minLength 1": "must not be empty",
  "maxLength": "must have at most {limit} characters",
  "pattern": "must follow the rule: {pattern}"
};
export const patternWords = {
  "^[A-Za-z][A-Za-z0-9_-]*$": "a letter first, then only letters, digits, - and _",
  "^[^>!<\"&'=]*$": "any text without the characters >!<\"&'="
};
