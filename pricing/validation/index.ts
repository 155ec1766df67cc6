/** Models as plug-ins that prove themselves. */
export * from './model-plugin';
export * from './standard-models';
