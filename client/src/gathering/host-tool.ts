/** The tools of a host, and which of them make sense at what time. */
import type { CardView } from '@huddle/shared/gathering.ts';
import type { IconName } from '../ui/icons.ts';

export type HostTool = 'edit' | 'move' | 'postpone' | 'closeDoor' | 'openDoor' | 'end' | 'cancel' | 'tell' | 'guestList' | 'share';

export const TOOL_ICONS: Record<HostTool, IconName> = {
  tell: 'megaphone',
  guestList: 'people',
  move: 'place',
  postpone: 'clock',
  closeDoor: 'door',
  openDoor: 'door',
  edit: 'edit',
  share: 'link',
  end: 'check',
  cancel: 'trash',
};

/** The tools in the order of need: those for a gathering that goes wrong come before those for one that is being prepared. */
export const toolsFor = (card: Pick<CardView, 'start' | 'end' | 'closed' | 'cancelled'>, now: number): readonly HostTool[] => {
  if (card.cancelled || card.end <= now) return ['guestList', 'tell'];
  const running = card.start <= now;
  return [
    'tell',
    'guestList',
    'move',
    'postpone',
    card.closed ? 'openDoor' : 'closeDoor',
    'edit',
    'share',
    ...(running ? ['end' as const] : []),
    'cancel',
  ];
};
