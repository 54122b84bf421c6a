import { openSession } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { createPlugin } from './create-plugin.js';
import type { Plugin } from './create-plugin.js';

const plugin: Plugin = createPlugin(rules, openSession);

export default plugin;
