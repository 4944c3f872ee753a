/**
 * The formation is an instance's configuration made in the designer: data types, assessments, encounter templates, goal templates,
 * programs, dictionaries. It exists as a published version (current), a draft and numbered versions; everything is addressed by
 * name. Reading works on any version, writing on the draft. Besides models and endpoints this file holds four lists for a code
 * generator: kinds, fieldTypes, systemFields and namingPrefixes. Definitions of profile types (/pdts) are in the area pdts.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { CdtFormation, CdtFormationFieldInput } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * Body for adding a document type. The docs show no body; inferred from the reply.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeFormationCreate = Codecs.open<DocumentTypeFormationCreate>()({
  name: Schema.String,
  title: Schema.String,
  label: Codecs.optionalNull(Schema.String),
  /** Own fields only; the server adds the system fields. */
  fields: Schema.Array(CdtFormationFieldInput)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeFormationCreate extends Schema.Struct.Type<(typeof DocumentTypeFormationCreate)["fields"]> {}

/**
 * Body for replacing a document type; same fields as for adding, name equal to the one in the path. Inferred from the reply.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeFormationUpdate = Codecs.open<DocumentTypeFormationUpdate>()({
  name: Schema.String,
  title: Schema.String,
  label: Codecs.optionalNull(Schema.String),
  /** Own fields only; the server adds the system fields. */
  fields: Schema.Array(CdtFormationFieldInput)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeFormationUpdate extends Schema.Struct.Type<(typeof DocumentTypeFormationUpdate)["fields"]> {}

/**
 * List the document types of a formation version. The three built-in types doc-type-assessment, doc-type-docusign and
 * doc-type-others come along, each with one field `notes`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("documentTypes.list", "/{tenant}/{instance}/formations/{version}/document-types", {
  path: { version: Version },
  success: Schema.Array(CdtFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one document type.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("documentTypes.get", "/{tenant}/{instance}/formations/{version}/document-types/{documentTypeName}", {
  path: { version: Version, documentTypeName: Codecs.Id },
  success: CdtFormation
})

/**
 * Add a document type to the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. No request body is documented. Adding a type also adds it to the choices of the `type` field of
 * _document_summary.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("documentTypes.create", "/{tenant}/{instance}/formations/draft/document-types", {
  body: DocumentTypeFormationCreate,
  success: CdtFormation
})

/**
 * Replace a document type in the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API;
 * that happens in the designer. No request body is documented.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("documentTypes.update", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", {
  path: { documentTypeName: Codecs.Id },
  body: DocumentTypeFormationUpdate,
  success: CdtFormation
})

/**
 * Remove a document type from the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API;
 * that happens in the designer. No reply is documented; ignore any body.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("documentTypes.remove", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", {
  path: { documentTypeName: Codecs.Id }
})
