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
import { Version } from "./Version.js"

/**
 * Pointer to a phase of the same program.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramPhaseRef = Codecs.open<ProgramPhaseRef>()({
  name: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramPhaseRef extends Schema.Struct.Type<(typeof ProgramPhaseRef)["fields"]> {}

/**
 * One phase of a program.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationPhase = Codecs.open<ProgramFormationPhase>()({
  /** Key inside the program. */
  name: Schema.String,
  title: Schema.String,
  /** Absent in the 2021 docs and so optional when decoding. */
  type: Codecs.openEnum("START", "DEFAULT", "FINISH"),
  /** May be empty. */
  description: Schema.String,
  /** False in every recording; absent in the docs and in the vendor samples' configuration file. */
  autoFinishProgram: Schema.Boolean,
  /** Phases that may follow; [] in recordings for an end phase, null in the docs. */
  navigateTo: Schema.NullOr(Schema.Array(ProgramPhaseRef))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationPhase extends Schema.Struct.Type<(typeof ProgramFormationPhase)["fields"]> {}

/**
 * Label of a drawn node.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphNodeData = Codecs.open<ProgramGraphNodeData>()({
  label: Schema.String,
  /** Missing on some recorded nodes. */
  type: Codecs.optional(Codecs.openEnum("START", "DEFAULT", "FINISH"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphNodeData extends Schema.Struct.Type<(typeof ProgramGraphNodeData)["fields"]> {}

/**
 * Drawing coordinates; may be negative.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphPosition = Codecs.open<ProgramGraphPosition>()({
  /** Whole numbers in every recording. */
  x: Schema.Number,
  /** Whole numbers in every recording. */
  y: Schema.Number
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphPosition extends Schema.Struct.Type<(typeof ProgramGraphPosition)["fields"]> {}

/**
 * A node or an edge of the designer's drawing, told apart by the keys present. Pass it through untouched.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramGraphElement = Codecs.open<ProgramGraphElement>()({
  /** Phase name for a node, generated text for an edge. */
  id: Schema.String,
  /** GraphNode: node; smoothstep: edge; input: node in the 2021 docs. */
  type: Codecs.openEnum("graphNode", "smoothstep", "input"),
  /** Nodes only. */
  data: Codecs.optional(ProgramGraphNodeData),
  /** Nodes only. */
  position: Codecs.optional(ProgramGraphPosition),
  /** Nodes, 2021 docs only. */
  sourcePosition: Codecs.optional(Schema.String),
  /** Nodes, 2021 docs only. */
  targetPosition: Codecs.optional(Schema.String),
  /** Edges only: phase name. */
  source: Codecs.optional(Schema.String),
  /** Edges only: phase name. */
  target: Codecs.optional(Schema.String),
  /** Edges only. */
  animated: Codecs.optional(Schema.Boolean),
  /** Edges only. */
  sourceHandle: Codecs.optional(Schema.String),
  /** Edges only. */
  targetHandle: Codecs.optional(Schema.String),
  /** Edges only. */
  arrowHeadType: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramGraphElement extends Schema.Struct.Type<(typeof ProgramGraphElement)["fields"]> {}

/**
 * Definition of a care program. Has neither id nor version of its own: the name is the key.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormation = Codecs.open<ProgramFormation>()({
  /** Key; usual prefix `prog-`. */
  name: Schema.String,
  title: Schema.String,
  /** May be empty. */
  description: Schema.String,
  phases: Schema.Array(ProgramFormationPhase),
  /** Drawing data of the designer; null for programs made through the API (docs). */
  nodes: Schema.NullOr(Schema.Array(ProgramGraphElement))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormation extends Schema.Struct.Type<(typeof ProgramFormation)["fields"]> {}

/**
 * A phase in a create or replace body.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationPhaseInput = Codecs.closed<ProgramFormationPhaseInput>()({
  name: Schema.String,
  title: Schema.String,
  description: Codecs.optional(Schema.String),
  /** From the recorded reply. */
  type: Codecs.optional(Codecs.openEnum("START", "DEFAULT", "FINISH")),
  /** From the recorded reply. */
  autoFinishProgram: Codecs.optional(Schema.Boolean),
  navigateTo: Codecs.optionalNull(Schema.Array(ProgramPhaseRef))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationPhaseInput extends Schema.Struct.Type<(typeof ProgramFormationPhaseInput)["fields"]> {}

/**
 * Body for creating or replacing a program in the draft.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationCreate = Codecs.closed<ProgramFormationCreate>()({
  name: Schema.String,
  title: Schema.String,
  description: Codecs.optional(Schema.String),
  phases: Schema.Array(ProgramFormationPhaseInput),
  /** Left out in the docs; the reply then shows null. */
  nodes: Codecs.optionalNull(Schema.Array(ProgramGraphElement))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationCreate extends Schema.Struct.Type<(typeof ProgramFormationCreate)["fields"]> {}

/**
 * Body for replacing a program; same fields as for creation.
 *
 * @since 0.1.0
 * @category models
 */
export const ProgramFormationUpdate = Codecs.closed<ProgramFormationUpdate>()({
  /** Equal to the one in the path. */
  name: Schema.String,
  title: Schema.String,
  description: Codecs.optional(Schema.String),
  /** The whole list; phases left out disappear. */
  phases: Schema.Array(ProgramFormationPhaseInput),
  nodes: Codecs.optionalNull(Schema.Array(ProgramGraphElement))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ProgramFormationUpdate extends Schema.Struct.Type<(typeof ProgramFormationUpdate)["fields"]> {}

/**
 * List the program definitions of a formation version. Order of phases is the designer's (START and FINISH first), not the course
 * of treatment; use navigateTo.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("programFormations.list", "/{tenant}/{instance}/formations/{version}/programs", {
  path: { version: Version },
  success: Schema.Array(ProgramFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one program definition.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("programFormations.get", "/{tenant}/{instance}/formations/{version}/programs/{programName}", {
  path: { version: Version, programName: Codecs.Id },
  success: ProgramFormation
})

/**
 * Add a program to the draft. Writes go to the draft only; publishing a draft is not part of the API.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("programFormations.create", "/{tenant}/{instance}/formations/draft/programs", {
  body: ProgramFormationCreate,
  success: ProgramFormation
})

/**
 * Replace a program in the draft. Writes go to the draft only; publishing a draft is not part of the API.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("programFormations.update", "/{tenant}/{instance}/formations/draft/programs/{programName}", {
  path: { programName: Codecs.Id },
  body: ProgramFormationUpdate,
  success: ProgramFormation
})

/**
 * Remove a program from the draft. Writes go to the draft only; publishing a draft is not part of the API. No reply body is
 * documented; ignore any.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("programFormations.remove", "/{tenant}/{instance}/formations/draft/programs/{programName}", {
  path: { programName: Codecs.Id }
})
