/**
 * Document types: what kinds of documents there are, and which fields a `DocumentRecords` record of each has. The built-in
 * `doc-type-assessment`, `doc-type-docusign` and `doc-type-others` have one, `notes`.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API.
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
 * A document type to define. Welkin shows no such body; this one follows its answers.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeInput = Codecs.open<DocumentTypeInput>()({
  name: Schema.String,
  title: Schema.String,
  label: Codecs.optionalNull(Schema.String),
  /** Without the system fields. */
  fields: Schema.Array(CdtFormationFieldInput)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeInput extends Schema.Struct.Type<(typeof DocumentTypeInput)["fields"]> {}

/**
 * All document types, the built-in ones among them, in one answer. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("documentTypes.list", "/{tenant}/{instance}/formations/{version}/document-types", {
  path: { version: Version },
  success: Schema.Array(CdtFormation)
})

/**
 * Every document type. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one document type by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("documentTypes.get", "/{tenant}/{instance}/formations/{version}/document-types/{documentTypeName}", {
  path: { version: Version, documentTypeName: Codecs.Id },
  success: CdtFormation
})

/**
 * Adds a document type to the draft, and so to the choices of a document's `type`. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("documentTypes.create", "/{tenant}/{instance}/formations/draft/document-types", {
  body: DocumentTypeInput,
  success: CdtFormation
})

/**
 * Replaces a document type in the draft. Give its own name in the body as well. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("documentTypes.update", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", {
  path: { documentTypeName: Codecs.Id },
  body: DocumentTypeInput,
  success: CdtFormation
})

/**
 * Removes a document type from the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("documentTypes.remove", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", {
  path: { documentTypeName: Codecs.Id }
})
