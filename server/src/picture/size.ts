/** Pixels of a picture, as chats and networks want it. */
export const WIDTH = 1200;
export const HEIGHT = 630;
