'use strict';

(function () {
    const REFRESH = 2000; // milliseconds, as on DL4J's own pages
    const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6bb1', '#555555'];
    const ZERO = -17; // where a residual of exactly 0 is drawn on the logarithmic axis

    const identity = v => v;
    const CHARTS = [
        {id: 'iterations', lines: [{key: 'maxIterations', name: 'max', width: 1}, {key: 'meanIterations', name: 'mean', width: 2}], axis: {min: 0}},
        {
            id: 'residual',
            lines: [{key: 'worstResidual', name: 'worst residual', width: 2}],
            drawn: v => Math.max(Math.log10(v), ZERO),
            axis: {minTickSize: 1, tickDecimals: 0, tickFormatter: v => v < ZERO ? '' : v === ZERO ? '0' : '1e' + v}
        },
        {id: 'seconds', lines: [{key: 'seconds', name: 'ms', width: 2}], drawn: v => 1e3 * v, axis: {min: 0}},
        {id: 'margin', lines: [{key: 'margin', name: 'margin', width: 2}], axis: {}, zero: true}
    ];

    const hidden = new Set(); // the names of layers that are not drawn
    let wanted = new URLSearchParams(location.search).get('session');
    let shown = ''; // the response that is on the page
    let layers = []; // what it says of each layer

    const short = v => v === null ? 'not finite' : v === 0 ? '0' : Math.abs(v) >= 1e-3 && Math.abs(v) < 1e5 ? String(+v.toPrecision(3)) : v.toExponential(1);
    const colour = index => COLOURS[index % COLOURS.length];

    function status(text) {
        $('#status').text(text).prop('hidden', !text);
    }

    function row(layer, index) {
        const box = $('<input type="checkbox">').prop('checked', !hidden.has(layer.name)).on('change', function () {
            this.checked ? hidden.delete(layer.name) : hidden.add(layer.name);
            drawCharts();
        });
        const name = $('<label>').append(box, $('<span class="swatch">').css('background', colour(index)), document.createTextNode(layer.name));
        const latest = layer.latest;
        const cells = [latest.method, latest.iteration, latest.epoch, short(latest.meanIterations), latest.maxIterations,
            short(latest.worstResidual), short(1e3 * latest.seconds) + ' ms'];
        return $('<tr>').append($('<td>').append(name), cells.map(text => $('<td>').text(text)),
            $('<td>').text(short(latest.margin)).toggleClass('bad', !(latest.margin > 0)),
            $('<td>').text(latest.failures + ' of ' + latest.samples).toggleClass('bad', latest.failures > 0));
    }

    function lines(chart) {
        const drawn = chart.drawn || identity;
        return layers.flatMap((layer, index) => hidden.has(layer.name) ? [] : chart.lines.map(line => ({
            color: colour(index),
            data: layer[line.key].map((v, i) => v === null ? null : [layer.iteration[i], drawn(v)]),
            lines: {lineWidth: line.width},
            points: {show: layer.iteration.length === 1},
            shadowSize: 0,
            tip: i => layer.name + '\niteration ' + layer.iteration[i] + '\n' + line.name + ' '
                + short(line.key === 'seconds' ? 1e3 * layer.seconds[i] : layer[line.key][i])
        })));
    }

    function drawCharts() {
        for (const chart of CHARTS) {
            $.plot('#' + chart.id, lines(chart), {
                grid: {
                    hoverable: true, borderWidth: 0, color: '#666', mouseActiveRadius: 30,
                    markings: chart.zero ? [{yaxis: {from: 0, to: 0}, color: '#c0392b', lineWidth: 1}] : []
                },
                xaxis: {tickDecimals: 0, minTickSize: 1},
                yaxis: chart.axis
            });
        }
    }

    function sessions(data) {
        const select = $('#session select').empty();
        data.sessions.forEach(id => select.append($('<option>').val(id).text(id)));
        select.val(data.session);
        $('#session').prop('hidden', data.sessions.length < 2);
    }

    function show(text) {
        status('');
        if (text === shown) {
            return;
        }
        shown = text;
        const data = JSON.parse(text);
        layers = data.layers;
        sessions(data);
        $('#charts').prop('hidden', layers.length === 0);
        $('#layers').empty().append(layers.map(row));
        if (layers.length > 0) {
            drawCharts();
        }
    }

    async function load() {
        try {
            const response = await fetch('/implicit/data' + (wanted === null ? '' : '?session=' + encodeURIComponent(wanted)));
            const text = await response.text();
            if (!response.ok) {
                status(JSON.parse(text).error);
                return;
            }
            show(text);
            if (layers.length === 0) {
                status('No implicit layer has reported a solve yet. Has the network an ImplicitLayerListener with a SolveStatisticsPublisher?');
            }
        } catch (e) {
            status('The training UI does not answer: the training has probably ended. What it sent last is below.');
        }
    }

    async function links() {
        const several = await (await fetch('/train/multisession')).text() === 'true';
        $('[data-page]').each(function () {
            $(this).attr('href', several ? '/train' : '/train/' + this.dataset.page);
        });
    }

    $('#session select').on('change', function () {
        wanted = this.value;
        load();
    });
    $('.implicit-chart').on('plothover', (event, position, item) => {
        $('#tip').prop('hidden', !item);
        if (item) {
            $('#tip').text(item.series.tip(item.dataIndex)).css({left: item.pageX + 12, top: item.pageY + 12});
        }
    });

    links();
    load();
    setInterval(load, REFRESH);
})();
