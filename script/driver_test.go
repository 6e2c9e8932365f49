package script

import (
	"context"
	"sync"
	"testing"
	"time"
)

func TestADriverRunsEachScriptToItsEnd(t *testing.T) {
	t.Parallel()
	var got []int
	Drive(func(d *Driver) {
		for i := range 3 {
			result := drive(t.Context(), d, func() *Result {
				got = append(got, i)
				return &Result{}
			}, time.Hour, never)
			if result == nil {
				t.Errorf("script %d has no result", i)
			}
		}
	})
	if len(got) != 3 || got[2] != 2 {
		t.Errorf("scripts %v ran, want 0, 1, 2", got)
	}
}

// What was given up may come back at any time, also while a later script runs: it must not end that one.
func TestADriverGoesOnWithoutAScriptThatComesBackLate(t *testing.T) {
	t.Parallel()
	free := make(chan struct{})
	var back sync.WaitGroup
	back.Add(1)
	Drive(func(d *Driver) {
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if result := drive(over, d, func() *Result {
			defer back.Done()
			<-free
			return &Result{Skip: true}
		}, time.Millisecond, never); result != nil {
			t.Errorf("a script that does not end has the result %+v", result)
		}
		result := drive(t.Context(), d, func() *Result {
			close(free)
			back.Wait()
			return &Result{}
		}, time.Hour, never)
		if result == nil || result.Skip {
			t.Errorf("the next script has the result %+v, want its own", result)
		}
	})
}

// A script that ends between its limit and the end of the grace time counts.
func TestADriverWaitsForAScriptThatIsStillStopping(t *testing.T) {
	t.Parallel()
	Drive(func(d *Driver) {
		over, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			if drive(over, d, func() *Result { return &Result{} }, time.Hour, never) == nil {
				t.Fatal("a script that ended in time has no result")
			}
		}
	})
}

func never() bool { return false }

// A plain is a script of Go code.
type plain struct {
	work func() *Result
	over func() bool
}

func (p plain) run() *Result  { return p.work() }
func (p plain) stopped() bool { return p.over() }

// drive has a Driver run Go code as a script.
func drive(ctx context.Context, d *Driver, work func() *Result, grace time.Duration, stopped func() bool) *Result {
	return d.run(ctx, &driven{script: plain{work, stopped}}, grace)
}

// A script that has stopped is waited for, whatever it had others do.
func TestADriverWaitsForAScriptThatHasStopped(t *testing.T) {
	t.Parallel()
	Drive(func(d *Driver) {
		over, cancel := context.WithCancel(t.Context())
		cancel()
		result := drive(over, d, func() *Result {
			time.Sleep(50 * time.Millisecond)
			return &Result{Skip: true}
		}, time.Millisecond, func() bool { return true })
		if result == nil || !result.Skip {
			t.Errorf("its result is %+v", result)
		}
	})
}
