// Package journey walks through Rancak as people do: the built program with a
// real database, in Chromium.
//
// What belongs here: tests only, one for each thing a person comes to do, and
// what a browser alone can tell of a page (keyboard, reflow, print, the content
// security policy, and axe-core on every page in every state). What does not:
// rules and rights, which their own packages test faster.
//
// Each journey has a server and a demonstration city of its own and one browser
// context for each person. All share one Chromium. Every page that a person
// reaches is held to the rules of [tab.arrived].
//
// RANCAK_CHROMIUM names the browser to use, RANCAK_AXE the file axe.min.js.
package journey
