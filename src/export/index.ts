/**
 * Full exports: planned as data, resumable, verifiable.
 *
 * @since 0.1.0
 */
export * as Collection from "./Collection.js"
export * as Export from "./Export.js"
export * as Folder from "./Folder.js"
export * as FolderSink from "./FolderSink.js"
export * as Journal from "./Journal.js"
export * as JsonSchema from "./JsonSchema.js"
export * as Kind from "./Kind.js"
export * as Lock from "./Lock.js"
export * as Manifest from "./Manifest.js"
export * as PatientRecords from "./PatientRecords.js"
export * as Plan from "./Plan.js"
export * as Previous from "./Previous.js"
export * as Sink from "./Sink.js"
export * as Verify from "./Verify.js"
