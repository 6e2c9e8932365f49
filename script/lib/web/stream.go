package web

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"

	"github.com/dop251/goja"

	"posthaste/script/lib/inspect"
	"posthaste/script/lib/native"
)

// Streams is what the JavaScript of the web streams needs of Go: printing, joining chunks,
// compressing.
func Streams(env *native.Env) map[string]goja.Value {
	return map[string]goja.Value{
		"inspect": env.Func("inspect", 1, func(call goja.FunctionCall) goja.Value {
			return env.VM.ToValue(inspect.Value(env.VM, call.Argument(0), inspect.Options{}))
		}),
		"joinBytes": env.Func("joinBytes", 1, func(call goja.FunctionCall) goja.Value { return joinBytes(env, call) }),
		"compress": env.Func("compress", 2, func(call goja.FunctionCall) goja.Value {
			data, _ := env.Bytes(call.Argument(1))
			b, err := compress(call.Argument(0).String(), data)
			env.Check(err)
			return env.VM.ToValue(env.VM.NewArrayBuffer(b))
		}),
		"decompress": env.Func("decompress", 2, func(call goja.FunctionCall) goja.Value {
			data, _ := env.Bytes(call.Argument(1))
			b, err := decompress(call.Argument(0).String(), data)
			if err != nil {
				// What Node throws for a stream that is damaged or too large.
				env.ThrowCode("TypeError", "Z_DATA_ERROR", "incorrect header check")
			}
			return env.VM.ToValue(env.VM.NewArrayBuffer(b))
		}),
	}
}

// compress writes gzip, deflate (zlib, RFC 1950) or deflate-raw (RFC 1951), as
// CompressionStream names them.
func compress(format string, data []byte) ([]byte, error) {
	var out bytes.Buffer
	var w io.WriteCloser
	switch format {
	case "gzip":
		w = gzip.NewWriter(&out)
	case "deflate":
		w = zlib.NewWriter(&out)
	default:
		raw, err := flate.NewWriter(&out, flate.DefaultCompression)
		if err != nil {
			return nil, err
		}
		w = raw
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

// decompress is the inverse of compress. It stops at the largest buffer that scripts may
// have: a few bytes can expand to gigabytes.
func decompress(format string, data []byte) ([]byte, error) {
	var r io.Reader
	var err error
	switch format {
	case "gzip":
		r, err = gzip.NewReader(bytes.NewReader(data))
	case "deflate":
		r, err = zlib.NewReader(bytes.NewReader(data))
	default:
		r = flate.NewReader(bytes.NewReader(data))
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, native.MaxBuffer+1))
	// One byte more than allowed was asked for, which shows that there is more.
	if err == nil && len(out) > native.MaxBuffer {
		err = io.ErrShortBuffer
	}
	return out, err
}
