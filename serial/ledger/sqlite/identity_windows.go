package sqlite

import (
	"os"
	"syscall"
)

func fileNumber(f *os.File) (device, number uint64, err error) {
	var info syscall.ByHandleFileInformation
	if err := syscall.GetFileInformationByHandle(syscall.Handle(f.Fd()), &info); err != nil {
		return 0, 0, err
	}
	number = uint64(info.FileIndexHigh)<<32 | uint64(info.FileIndexLow)
	return uint64(info.VolumeSerialNumber), number, nil
}

// syncDir does nothing: NTFS journals names itself and has no call to wait for it.
func syncDir(string) error { return nil }
