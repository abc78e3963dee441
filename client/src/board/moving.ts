/** How the list moves, as one file: nobody's first wish, and a phone of little strength pays for each file that it asks for. */
export { default as Gliding } from './Gliding.svelte';
export { default as Landing } from './Landing.svelte';
