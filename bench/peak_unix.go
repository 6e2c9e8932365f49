//go:build unix

package main

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// peak is how much of the process was resident at most, in MB (10^6 bytes).
func peak(state *os.ProcessState) float64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	bytes := float64(usage.Maxrss) * 1024
	if runtime.GOOS == "darwin" {
		bytes = float64(usage.Maxrss) // the one system that counts in bytes
	}
	return bytes / 1e6
}

// endGroup makes an end of the context also that of the command's children.
func endGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
