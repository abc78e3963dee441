import { describe, expect, it } from 'vitest';
import { toolsFor } from './host-tool.ts';

describe('the tools of a host', () => {
  it('end only what has begun', () => {
    expect(toolsFor({ start: 10, end: 20 }, 5)).not.toContain('end');
    expect(toolsFor({ start: 10, end: 20 }, 10)).toContain('end');
  });

  it('open a door that is closed, and close one that is open', () => {
    expect(toolsFor({ start: 10, end: 20, closed: true }, 5)).toContain('openDoor');
    expect(toolsFor({ start: 10, end: 20 }, 5)).toContain('closeDoor');
  });

  it('leave the list and a last word once it is over or called off', () => {
    expect(toolsFor({ start: 10, end: 20 }, 20)).toEqual(['guestList', 'tell']);
    expect(toolsFor({ start: 10, end: 20, cancelled: true }, 5)).toEqual(['guestList', 'tell']);
  });
});
