import { openSession } from '@blastradius/engine';
import { rules, rulesFolder } from '@blastradius/rules';
import { startBackground } from './background.js';
import { createPlugin } from './create-plugin.js';
import type { Plugin } from './create-plugin.js';

const plugin: Plugin = createPlugin(rules, openSession, [rulesFolder], startBackground);

export default plugin;
