import { describe, expect, it } from 'vitest';
import type { SlashCommand } from './command.ts';
import { SlashRegistry } from './registry.ts';

const command = (name: string, needsArgs = false): SlashCommand => ({
  name,
  args: needsArgs ? 'text' : '',
  summary: 'Does something',
  needsArgs,
  run: async () => ({}),
});
const registry = new SlashRegistry([command('topic', true), command('away')]);

describe('the registry', () => {
  it('lists commands by name, as they are typed', () => {
    expect(registry.list()).toEqual([
      { name: 'away', usage: '/away', summary: 'Does something' },
      { name: 'topic', usage: '/topic text', summary: 'Does something' },
    ]);
  });

  it.each([
    ['/topic  Tomatoes\nand more ', 'topic', 'Tomatoes\nand more'],
    ['/TOPIC x', 'topic', 'x'],
    ['/away', 'away', ''],
  ])('reads %j', (text, name, args) => {
    const found = registry.find(text);
    expect({ name: found.command.name, args: found.args }).toEqual({ name, args });
  });

  it.each([
    ['/tpic x', 'unknown_command', 'Did you mean /topic?'],
    ['/xyzzy', 'unknown_command', 'Begin with //'],
    ['/', 'unknown_command', 'Begin with //'],
    ['/ topic', 'unknown_command', 'Begin with //'],
  ])('refuses %j', (text, code, detail) => {
    expect(() => registry.find(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(detail) }),
    );
  });

  it('says how a command is used', () => {
    const errors = [
      { path: 'text', code: 'usage', message: expect.stringMatching(/^usage: \/topic text\. Begin with \/\//) },
    ];
    expect(() => registry.find('/topic  ')).toThrow(expect.objectContaining({ details: { errors } }));
  });

  it('does not start with names that clash or cannot be typed', () => {
    expect(() => new SlashRegistry([command('me'), command('me')])).toThrow('same name');
    expect(() => new SlashRegistry([command('Me')])).toThrow('/Me');
  });
});
