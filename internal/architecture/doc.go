// Package architecture has no code: its test reads the imports of every room of the house and proves that data flows up
// and that each third-party module has one owner.
package architecture
