/**
 * Definitions of assessments: the questionnaires, their sections and questions, how they are scored and shown. Each question is
 * bound to a field of a custom data type. The answers stand in `AssessmentRecords`, keyed `<refCdtName>__<refCdtFieldName>`.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { CdtFormation } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const AssessmentFormationId = Codecs.id("AssessmentFormationId")
/**
 * @since 0.1.0
 * @category ids
 */
export type AssessmentFormationId = typeof AssessmentFormationId.Type

/**
 * How a question is answered.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFieldMeta = Codecs.open<AssessmentFieldMeta>()({
  /** The type of the field, any may occur; empty on read-only lines. */
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "phone"),
  /** May be stricter than the field itself. */
  required: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFieldMeta extends Schema.Struct.Type<(typeof AssessmentFieldMeta)["fields"]> {}

/**
 * Where an answer is taken from beforehand.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentPrePopulatedValue = Codecs.open<AssessmentPrePopulatedValue>()({
  type: Codecs.openEnum("PREVIOUS_ASSESSMENT", "DEFAULT_VALUE"),
  /** With `DEFAULT_VALUE`. */
  defaultValue: Codecs.optional(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentPrePopulatedValue extends Schema.Struct.Type<(typeof AssessmentPrePopulatedValue)["fields"]> {}

/**
 * A line of a section: a question bound to a field of a data type, or a text to read.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentField = Codecs.open<AssessmentField>()({
  /** The question; HTML on read-only lines. */
  label: Schema.String,
  /** Empty on questions; on read-only lines a key that conditions point to, such as `section-0-field-3`. */
  name: Schema.String,
  /** The data type of the answer; empty on read-only lines. */
  refCdtName: Schema.String,
  /** Its field; empty on read-only lines. No two questions of an assessment share both. */
  refCdtFieldName: Schema.String,
  /** From zero, within the section. */
  order: Schema.Int,
  viewType: Codecs.openEnum("question", "readOnly"),
  meta: AssessmentFieldMeta,
  prePopulatedValue: Schema.NullOr(AssessmentPrePopulatedValue),
  /** Empty or null in all that was recorded; their shape is unknown. */
  attachments: Schema.NullOr(Schema.Array(Codecs.Json))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentField extends Schema.Struct.Type<(typeof AssessmentField)["fields"]> {}

/**
 * A block of questions.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentSection = Codecs.open<AssessmentSection>()({
  title: Schema.String,
  /** Such as `section-1`. */
  name: Schema.String,
  /** From zero. */
  order: Schema.Int,
  fields: Schema.Array(AssessmentField)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentSection extends Schema.Struct.Type<(typeof AssessmentSection)["fields"]> {}

/**
 * Points for one answer.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScore = Codecs.open<AssessmentScore>()({
  score: Codecs.optional(Schema.Number),
  /** The value of the option, not its label. */
  answer: Codecs.optional(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScore extends Schema.Struct.Type<(typeof AssessmentScore)["fields"]> {}

/**
 * The points of one question.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoringField = Codecs.open<AssessmentScoringField>()({
  refCdtName: Codecs.optional(Schema.String),
  refCdtFieldName: Codecs.optional(Schema.String),
  /** The type of the field. */
  type: Codecs.optional(Codecs.openEnum("select")),
  scores: Codecs.optional(Schema.Array(AssessmentScore))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoringField extends Schema.Struct.Type<(typeof AssessmentScoringField)["fields"]> {}

/**
 * Questions scored together.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoringGroup = Codecs.open<AssessmentScoringGroup>()({
  name: Codecs.optional(Schema.String),
  title: Codecs.optional(Schema.String),
  fields: Codecs.optional(Schema.Array(AssessmentScoringField)),
  formula: Codecs.optional(Codecs.openEnum("SUM", "AVG"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoringGroup extends Schema.Struct.Type<(typeof AssessmentScoringGroup)["fields"]> {}

/**
 * How the score comes about.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentScoring = Codecs.open<AssessmentScoring>()({
  /** What is done with the scores of the groups. */
  formula: Codecs.openEnum("SUM", "AVG"),
  /** Empty in all that was recorded. */
  groups: Schema.Array(AssessmentScoringGroup)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentScoring extends Schema.Struct.Type<(typeof AssessmentScoring)["fields"]> {}

/**
 * A program, and the phases of it in which the assessment is offered.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentProgram = Codecs.open<AssessmentProgram>()({
  /** Name of the program. */
  program: Codecs.optional(Schema.String),
  /** Names of the phases. */
  phases: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentProgram extends Schema.Struct.Type<(typeof AssessmentProgram)["fields"]> {}

/**
 * A test on an answer.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentCondition = Codecs.open<AssessmentCondition>()({
  type: Codecs.openEnum("EQUAL"),
  refCdtName: Schema.String,
  refCdtFieldName: Schema.String,
  value: Codecs.Json
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentCondition extends Schema.Struct.Type<(typeof AssessmentCondition)["fields"]> {}

/**
 * A rule that shows something when its conditions hold.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentConditionElement = Codecs.open<AssessmentConditionElement>()({
  /** What is shown. Questions and sections have words of their own, not known here. */
  type: Codecs.openEnum("READ_ONLY"),
  action: Codecs.openEnum("SHOW"),
  operation: Codecs.openEnum("AND"),
  conditions: Schema.Array(AssessmentCondition),
  /** The `name` of what is shown. */
  name: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentConditionElement extends Schema.Struct.Type<(typeof AssessmentConditionElement)["fields"]> {}

/**
 * What depends on answers.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentConditionSettings = Codecs.open<AssessmentConditionSettings>()({
  elements: Schema.Array(AssessmentConditionElement),
  /** Custom events that answers fire; empty in all that was recorded, their shape is unknown. */
  events: Schema.Array(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentConditionSettings extends Schema.Struct.Type<(typeof AssessmentConditionSettings)["fields"]> {}

/**
 * An assessment.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFormation = Codecs.open<AssessmentFormation>()({
  id: AssessmentFormationId,
  title: Schema.String,
  /** The assessment's key, fixed once it is made. */
  name: Schema.String,
  /** The formation version. */
  version: Schema.Int,
  sections: Schema.Array(AssessmentSection),
  scoring: Schema.NullOr(AssessmentScoring),
  programs: Schema.Array(AssessmentProgram),
  /** Null in all that is known. */
  template: Schema.NullOr(Codecs.Json),
  conditionSettings: Schema.NullOr(AssessmentConditionSettings),
  displayType: Codecs.optional(Codecs.openEnum("SECTIONS")),
  autoCompleted: Codecs.optional(Schema.Boolean),
  /** Whether any answer is protected health information. The underscore belongs to the name. */
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFormation extends Schema.Struct.Type<(typeof AssessmentFormation)["fields"]> {}

/**
 * An assessment to define. Welkin shows no such body; this one follows its answers.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentFormationInput = Codecs.open<AssessmentFormationInput>()({
  name: Schema.String,
  title: Schema.String,
  sections: Schema.Array(AssessmentSection),
  scoring: Codecs.optionalNull(AssessmentScoring),
  programs: Codecs.optional(Schema.Array(AssessmentProgram)),
  template: Codecs.optionalNull(Codecs.Json),
  conditionSettings: Codecs.optionalNull(AssessmentConditionSettings),
  displayType: Codecs.optional(Codecs.openEnum("SECTIONS")),
  autoCompleted: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentFormationInput extends Schema.Struct.Type<(typeof AssessmentFormationInput)["fields"]> {}

/**
 * All assessments in full, in one answer. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("assessmentFormations.list", "/{tenant}/{instance}/formations/{version}/assessments", {
  path: { version: Version },
  success: Schema.Array(AssessmentFormation)
})

/**
 * Every assessment. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one assessment by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("assessmentFormations.get", "/{tenant}/{instance}/formations/{version}/assessments/{assessmentName}", {
  path: { version: Version, assessmentName: Codecs.Id },
  success: AssessmentFormation
})

/**
 * Reads the hidden data type that keeps an assessment's answers, or with `_scoring` behind its name the one that keeps the scores.
 * Its fields are called `<refCdtName>__<refCdtFieldName>`, its name is the `assessmentCdtName` of records. Documented, never
 * recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getCdt = Endpoint.get("assessmentFormations.getCdt", "/{tenant}/{instance}/formations/{version}/assessments/cdt/{cdtName}", {
  path: {
    version: Version,
    /** An underscore and the assessment's name, such as `_asm-sleep`. */
    cdtName: Codecs.Id
  },
  success: CdtFormation
})

/**
 * Adds an assessment to the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("assessmentFormations.create", "/{tenant}/{instance}/formations/draft/assessments", {
  body: AssessmentFormationInput,
  success: AssessmentFormation
})

/**
 * Replaces an assessment in the draft. Give its own name in the body as well: it cannot change. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("assessmentFormations.update", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", {
  path: { assessmentName: Codecs.Id },
  body: AssessmentFormationInput,
  success: AssessmentFormation
})

/**
 * Removes an assessment from the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("assessmentFormations.remove", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", {
  path: { assessmentName: Codecs.Id }
})
