package kernel

import (
	"math/big"

	"github.com/dop251/goja"
)

// readField reads a number of one of sjcl's fields, which may not be reduced yet.
func (k *kernel) readField(v goja.Value) (*big.Int, bool) {
	o := object(v)
	if o == nil {
		return nil, false
	}
	if reduce := object(o.Get("fullReduce")); reduce == nil {
		return nil, false
	}
	return k.readSjcl(k.method(o, "fullReduce"))
}

// sjclPoint reads a point of sjcl with its curve.
func (k *kernel) sjclPoint(v goja.Value) (curve *goja.Object, f field, point affine, ok bool) {
	o := object(v)
	if o == nil {
		return nil, f, point, false
	}
	if curve = object(o.Get("curve")); curve == nil || o.Get("isIdentity") == nil || o.Get("isIdentity").ToBoolean() || o.Get("z") != nil {
		return nil, f, point, false
	}
	class := object(curve.Get("field"))
	if class == nil {
		return nil, f, point, false
	}
	var oks [4]bool
	f.p, oks[0] = k.readSjcl(class.Get("modulus"))
	f.a, oks[1] = k.readField(curve.Get("a"))
	point.x, oks[2] = k.readField(o.Get("x"))
	point.y, oks[3] = k.readField(o.Get("y"))
	return curve, f, point, oks[0] && oks[1] && oks[2] && oks[3]
}

// sjclCurveShape multiplies points of sjcl's curves; both adds the multiple of another point.
func (k *kernel) sjclCurveShape(both bool) shape {
	do := func(call goja.FunctionCall) (goja.Value, bool) {
		curve, f, point, ok := k.sjclPoint(call.This)
		if !ok {
			return nil, false
		}
		m, ok := k.readSjcl(call.Argument(0))
		if !ok {
			return nil, false
		}
		result, ok := affine{}, false
		if both {
			n, ok1 := k.readSjcl(call.Argument(1))
			other, _, second, ok2 := k.sjclPoint(call.Argument(2))
			if !ok1 || !ok2 || !other.SameAs(curve) {
				return nil, false
			}
			result, ok = f.multiplyAdd(point, m, second, n)
		} else {
			result, ok = f.multiply(point, m)
		}
		if !ok || result.x == nil {
			return nil, false
		}
		return k.makeSjclPoint(object(call.This), curve, result)
	}
	return shape{do, k.understoodSjcl}
}

// makeSjclPoint makes a point of the same class as another. Its class has no constructor property, so its parts are set.
func (k *kernel) makeSjclPoint(like, curve *goja.Object, p affine) (goja.Value, bool) {
	o := k.vm.NewObject()
	if err := o.SetPrototype(like.Prototype()); err != nil {
		return nil, false
	}
	for name, n := range map[string]*big.Int{"x": p.x, "y": p.y} {
		part, err := k.vm.New(curve.Get("field"), k.vm.ToValue("0x"+n.Text(16)))
		if err != nil || o.Set(name, part) != nil {
			return nil, false
		}
	}
	return o, o.Set("isIdentity", false) == nil && o.Set("curve", curve) == nil
}

// understoodSjcl compares two and three times a point with the library's own sums.
func (k *kernel) understoodSjcl(call goja.FunctionCall) bool {
	this := object(call.This)
	_, f, point, ok := k.sjclPoint(this)
	if !ok {
		return false
	}
	twice := object(k.method(object(k.method(this, "toJac")), "doubl"))
	thrice := object(k.method(twice, "add", this))
	for factor, v := range map[int64]*goja.Object{2: twice, 3: thrice} {
		_, _, got, ok := k.sjclPoint(k.method(v, "toAffine"))
		want, ok2 := f.multiply(point, big.NewInt(factor))
		if !ok || !ok2 || want.x == nil || got.x.Cmp(want.x) != 0 || got.y.Cmp(want.y) != 0 {
			return false
		}
	}
	return true
}
