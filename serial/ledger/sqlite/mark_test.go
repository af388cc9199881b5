package sqlite_test

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// TestMarkIsDurableFirst is what all rests on: the mark knows of every record that the file has,
// and reads well.
func TestMarkIsDurableFirst(t *testing.T) {
	w := newWorld(t)
	w.order()
	mark := string(bytes.TrimRight(read(t, w.path+".mark"), "\x00"))
	require.Contains(t, mark, `"product":"P"`)
	require.Contains(t, mark, `"next":2`)
	hash := w.query("SELECT lower(hex(hash)) FROM record ORDER BY seq DESC LIMIT 1")[0]
	require.Contains(t, mark, `"seq":3,"hash":"`+hash)
}

// TestMarkIsSynced: each line of the mark is synced before its transaction is there, and a sync
// that fails keeps the transaction out.
func TestMarkIsSynced(t *testing.T) {
	w := newWorld(t)
	w.order()
	syncs, disk := 0, error(nil)
	w.settings = []sqlite.Setting{sqlite.Sync(func(f *os.File) error {
		require.Equal(t, w.path+".mark", f.Name())
		syncs++
		return disk
	})}
	l := w.open()
	order := ledger.Order{Product: "P", Count: 2}
	_, err := l.Commission(ctx, order)
	require.NoError(t, err)
	require.Equal(t, 1, syncs)
	last := func() []string { return w.query("SELECT max(seq) FROM record") }
	before := last()

	disk = syscall.ENOSPC
	_, err = l.Commission(ctx, order)
	require.ErrorIs(t, err, ledger.ErrFull)
	require.Equal(t, 3, syncs, "what was written is cut off again")
	require.Equal(t, before, last())
	disk = nil
	b, err := l.Commission(ctx, order)
	require.NoError(t, err)
	require.EqualValues(t, 4, b.First)
	require.NoError(t, l.Close())
	require.Equal(t, []string{"created"}, w.epochs())
}

// TestMarkOfAnotherHistory: the mark ends with a record of the same sequence as the file's last
// one, but of another hash. What was issued with it is burnt.
func TestMarkOfAnotherHistory(t *testing.T) {
	w := newWorld(t)
	w.order()
	file, mark := read(t, w.path), read(t, w.path+".mark")
	l := w.open()
	b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 10})
	require.NoError(t, err)
	require.EqualValues(t, 2, b.First)
	require.NoError(t, l.Close())
	other := read(t, w.path+".mark")

	write(t, w.path, file) // the machine is set back
	write(t, w.path+".mark", mark)
	w.issued = map[string]bool{}
	w.order()
	write(t, w.path+".mark", other)
	require.Equal(t, "SN00000012", w.order()[0])
	require.Equal(t, []string{"created", "behind"}, w.epochs())
}

// TestMarkOfANewerFormat isn't taken for damage.
func TestMarkOfANewerFormat(t *testing.T) {
	w := newWorld(t)
	w.order()
	mark := bytes.TrimRight(read(t, w.path+".mark"), "\x00")
	body := []byte(`{"nameplate_ledger_mark":2}`)
	crc := crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli))
	newer := fmt.Appendf(mark, "%08x %s\n", crc, body)
	write(t, w.path+".mark", newer)
	_, err := sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrNewer)
	require.ErrorContains(t, err, w.path+".mark")
	require.Equal(t, newer, read(t, w.path+".mark"))
}

// TestTornMark: a process that is killed while it writes a line of the mark has told nobody of
// its numbers.
func TestTornMark(t *testing.T) {
	w := newWorld(t)
	w.order()
	w.order()
	text := bytes.TrimRight(read(t, w.path+".mark"), "\x00")
	lines := bytes.SplitAfter(text, []byte("\n"))
	last := lines[len(lines)-2]
	whole := text[:len(text)-len(last)]
	for cut := range len(last) {
		torn := append(append([]byte(nil), whole...), last[:cut]...)
		write(t, w.path+".mark", append(torn, make([]byte, 512)...)) // in place: it is the same file
		_, err := sqlite.Open(ctx, w.path, nil)
		require.ErrorIs(t, err, ledger.ErrCopied,
			"here the file was not killed, but is ahead of its mark")
		require.Equal(t, len(whole), len(bytes.TrimRight(read(t, w.path+".mark"), "\x00")),
			"what is torn is cut off")
	}
}

// TestDamagedMark: a line that can't be read, and lines behind it that can, aren't the work of a
// kill.
func TestDamagedMark(t *testing.T) {
	w := newWorld(t)
	w.order()
	text := read(t, w.path+".mark")
	for _, at := range []int{0, 9, 50, bytes.IndexByte(text, '\n') + 20} {
		bad := append([]byte(nil), text...)
		bad[at] ^= 1
		write(t, w.path+".mark", bad)
		_, err := sqlite.Open(ctx, w.path, nil)
		require.ErrorIs(t, err, ledger.ErrDamaged)
		require.ErrorContains(t, err, "mark")
		require.Equal(t, bad, read(t, w.path+".mark"))
	}
}

// TestMarkIsWrittenAnew when it has grown, by one process while another one has it open.
func TestMarkIsWrittenAnew(t *testing.T) {
	w := newWorld(t)
	w.settings = []sqlite.Setting{sqlite.MarkLimit(2048)}
	a, b := w.open(), w.open()
	define(t, a, "P", "SN{YY}{index:8}{reset:year}")
	for i := range 200 {
		l := []*ledger.Ledger{a, b}[i%2]
		block, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		for u, err := range block.Units() {
			require.NoError(t, err)
			w.issue([]string{u.Serial})
		}
	}
	require.Less(t, len(bytes.TrimRight(read(t, w.path+".mark"), "\x00")), 4096)
	left, err := filepath.Glob(w.path + ".mark.new-*")
	require.NoError(t, err)
	require.Empty(t, left)
	require.NoError(t, a.Close())
	require.NoError(t, b.Close())
	require.Equal(t, []string{"created"}, w.epochs())
	_, err = w.open().Audit(ctx)
	require.NoError(t, err)
}

// TestMarkCantBeWrittenAnew: where that fails the ledger goes on with the mark as it is.
func TestMarkCantBeWrittenAnew(t *testing.T) {
	w := newWorld(t)
	w.order()
	failed := 0
	w.settings = []sqlite.Setting{sqlite.MarkLimit(1), sqlite.Sync(func(f *os.File) error {
		if strings.Contains(f.Name(), ".new-") {
			failed++
			return syscall.ENOSPC
		}
		return nil
	})}
	w.order()
	l := w.open()
	for range 20 { // until there are 1,024 bytes for each counter
		b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		require.EqualValues(t, len(w.issued), b.First)
		w.issue([]string{fmt.Sprintf("SN%08d", b.First)})
	}
	require.NoError(t, l.Close())
	require.Greater(t, failed, 2)
	left, err := filepath.Glob(w.path + ".mark.new-*")
	require.NoError(t, err)
	require.Empty(t, left)
	w.settings = nil
	w.order()
	require.Equal(t, []string{"created"}, w.epochs())
}

// TestMutatedMarks is FuzzMark without coverage.
func TestMutatedMarks(t *testing.T) {
	w := newWorld(t)
	w.order()
	file, mark := read(t, w.path), read(t, w.path+".mark")
	end := len(bytes.TrimRight(mark, "\x00"))
	random := rand.New(rand.NewPCG(1, 2))
	opened := 0
	for range 60 {
		bad := bytes.Clone(mark)
		bad[random.IntN(end+20)] ^= byte(1 << random.IntN(8))
		write(t, w.path, file)
		write(t, w.path+".mark", bad)
		l, err := sqlite.Open(ctx, w.path, nil)
		if err != nil {
			continue
		}
		opened++
		b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		require.GreaterOrEqual(t, b.First, uint64(2))
		require.NoError(t, l.Close())
	}
	require.NotZero(t, opened, "a flip behind the last line does no harm")
}

// FuzzMark: whatever is in the mark's place, the ledger neither panics nor repeats a number.
func FuzzMark(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l, err := sqlite.Open(ctx, path, nil)
	require.NoError(f, err)
	define(f, l, "P", "SN{index:8}")
	_, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 7})
	require.NoError(f, err)
	require.NoError(f, l.Close())
	file, err := os.ReadFile(path)
	require.NoError(f, err)
	mark, err := os.ReadFile(path + ".mark")
	require.NoError(f, err)
	mark = bytes.TrimRight(mark, "\x00")
	f.Add(mark)
	f.Add(append(mark[:len(mark):len(mark)], make([]byte, 100)...))
	f.Add(mark[:len(mark)-3])
	f.Add([]byte{})
	f.Add([]byte("00000000 {}\n"))
	f.Add([]byte(fmt.Sprintf("%s\n%s", mark, mark)))
	f.Fuzz(func(t *testing.T, text []byte) {
		require.NoError(t, os.WriteFile(path, file, 0o644))
		require.NoError(t, os.WriteFile(path+".mark", text, 0o644))
		l, err := sqlite.Open(ctx, path, nil)
		if err != nil {
			return
		}
		defer l.Close()
		b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		require.GreaterOrEqual(t, b.First, uint64(7))
	})
}
