// Package architecture has no code: its test reads the imports of every package of the module and
// proves that an import never points up, and that each third-party module has one owner.
package architecture
