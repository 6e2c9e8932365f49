// What is known of the functions that ary, rearg and curry have wrapped: see function/wrap and flow.

return new WeakMap();
