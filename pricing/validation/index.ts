/** Models as plug-ins that prove themselves. */
export * from './model-plugin.js';
export * from './standard-models.js';
