// Package asset serves the static files of package static: style sheets joined
// into one, every file under a name that carries a hash of its content, so that
// browsers may keep it for good. It belongs to no page and reads no request
// beyond its path and headers.
package asset
