package lodash

import (
	"os"
	"testing"

	"github.com/dop251/goja"

	"posthaste/script/lib/native"
)

func TestDev(t *testing.T) {
	vm := goja.New()
	env := &native.Env{VM: vm}
	_ = vm.Set("setTimeout", func(goja.FunctionCall) goja.Value { return nil })
	lo := New(env)
	read := func(name string) string {
		b, _ := os.ReadFile("testdata/" + name)
		return string(b)
	}
	_ = vm.Set("lo", lo)
	_ = vm.Set("read", read)
	_ = vm.Set("only", os.Getenv("ONLY"))
	b, _ := os.Create("/tmp/lo/ours4.txt")
	_ = vm.Set("out", func(s goja.FunctionCall) goja.Value { b.WriteString(s.Argument(0).String() + "\n"); return nil })
	_, err := vm.RunString(`const {show,ask}=new Function(read('show.js'))();
const log=[];
const pool=new Function('log','show',read('pool.js'))(log,show);
new Function('_','pool','log','ask','only','each',read('battery.js'))(lo,pool,log,ask,only,(n,f,l,a)=>out(n+'('+l+') '+a));`)
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
}
