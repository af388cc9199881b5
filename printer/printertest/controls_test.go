package printertest_test

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/printertest"
)

// A host's commands do what the keys on the panel do.
func TestControls(t *testing.T) {
	for commands, want := range map[string]string{
		"~PH":          "L0 blank",
		"~JC":          "L0 blank blank",
		"~PR":          "L0 again:L0",
		"~PP~JA~PS":    "L0",
		"~PP~JX~PS":    "L0 L2",
		"~PP~PS":       "L0 L1 L2",
		"~PP~JX~JX~PS": "L0",
	} {
		synctest.Test(t, func(t *testing.T) {
			srv := printertest.NewUnstartedServer(printertest.Config{LabelsPerSecond: 1})
			defer srv.Close()
			conn := srv.Pipe()
			defer conn.Close()
			io.WriteString(conn, label(0))
			time.Sleep(2 * time.Second)
			paused := commands[:3] == "~PP"
			if paused {
				io.WriteString(conn, "~PP"+label(1)+label(2)+commands[3:])
			} else {
				io.WriteString(conn, commands)
			}
			synctest.Wait()
			require.True(t, srv.Idle(time.Minute))
			require.Equal(t, want, texts(srv), commands)
			require.Empty(t, srv.Errors())
		})
	}
}

func TestUptime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := printertest.NewUnstartedServer(printertest.Config{})
		defer srv.Close()
		booted := time.Now()
		for _, up := range []struct {
			time time.Duration
			want string
		}{
			{0, `"00 days 00 hours 00 mins 00 secs"`},
			{24*time.Hour + 59*time.Minute, `"01 days 00 hours 59 mins 00 secs"`},
			{48*time.Hour + 59*time.Second, `"02 days 00 hours 00 mins 59 secs"`},
		} {
			time.Sleep(time.Until(booted.Add(up.time)))
			conn := srv.Pipe()
			require.Equal(t, up.want, ask(t, conn, "! U1 getvar \"device.uptime\"\r\n"))
			conn.Close()
		}
	})
}

func TestDefaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := printertest.NewUnstartedServer(printertest.Config{Counter: 65_001})
		defer srv.Close()
		conn := srv.Pipe()
		defer conn.Close()
		for query, want := range map[string]string{
			"! U1 getvar \"device.unique_id\"\r\n":           `"VP0000000001"`,
			"! U1 getvar \"device.product_name\"\r\n":        `"VP410-300dpi"`,
			"! U1 getvar \"appl.name\"\r\n":                  `"V90.00.0Z"`,
			"! U1 getvar \"odometer.user_label_count\"\r\n":  `"0"`,
			"! U1 getvar \"odometer.total_label_count\"\r\n": `"65001"`,
			"! U1 getvar \"odometer.latch_open_count\"\r\n":  `"0"`,
		} {
			require.Equal(t, want, ask(t, conn, query), query)
		}
		began := time.Now()
		srv.Cancel()
		require.Equal(t, 1500*time.Millisecond, time.Since(began))
		for i, kind := range []string{"label", "reprinted", "partial", "blank"} {
			require.Equal(t, kind, printertest.SheetKind(i).String())
		}
		for range 101 {
			io.WriteString(conn, "~ZZ")
		}
		synctest.Wait()
		require.Len(t, srv.Errors(), 100)
	})
}
