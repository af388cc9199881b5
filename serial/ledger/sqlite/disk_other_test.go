//go:build !linux

package sqlite_test

import "testing"

func smallDisk(t *testing.T, _ int) string {
	t.Skip("mounting a small disk is tried on Linux only")
	return ""
}
