const { dest, src } = require('gulp');

/** Icons are SVG only: they are copied as bytes, since a text encoding would damage anything else. */
function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

exports.icons = icons;
exports.default = icons;
