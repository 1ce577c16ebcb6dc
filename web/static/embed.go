// Package static holds the style sheets, scripts, font and mark as they are
// written. It embeds them and does nothing else; package asset serves them.
package static

import "embed"

// FS holds every static file, by its path below this folder.
//
//go:embed css/*.css js/*.js font/* logo.svg
var FS embed.FS
