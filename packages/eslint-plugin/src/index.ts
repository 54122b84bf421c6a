import { openSession } from '@blastradius/engine';
import { rules, rulesFolder } from '@blastradius/rules';
import { createPlugin } from './create-plugin.js';
import type { Plugin } from './create-plugin.js';

const plugin: Plugin = createPlugin(rules, openSession, [rulesFolder]);

export default plugin;
