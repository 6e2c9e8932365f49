// The sum of a text, as eight hexadecimal digits (FNV-1a over its units).
let sum = 0x811c9dc5;
for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
return (sum >>> 0).toString(16).padStart(8, '0');
