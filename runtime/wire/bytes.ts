/** Avro's binary primitives, for the generated codecs and whatever else is stored as bytes. */
export { ByteReader, MalformedError } from './byte-reader';
export { ByteWriter } from './byte-writer';
export { copyBytes } from './primitives';
