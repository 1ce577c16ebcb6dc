// Package exchange writes and reads files that people exchange: tables as XLSX
// and CSV. What a table says comes in as domain values; who may have it is
// decided elsewhere.
package exchange
