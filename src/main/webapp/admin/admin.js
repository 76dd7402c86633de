import './messages.js';
import {byId} from '/pages/dom.js';
import {allowed} from '/pages/login.js';
import {menus, settings} from '/cafe/replicas.js';
import {nameShop, openShell} from '/cafe/shell.js';
import {openCells} from './cells.js';
import {openFigures} from './figures.js';
import {openMenus} from './menus.js';
import {openOrders} from './orders.js';
import {openSettings} from './settings.js';
import {openTabs} from './tabs.js';

openShell('admin');
openTabs(byId('tab-orders', HTMLElement).parentElement);

if (allowed('admin', ['admin'])) {
  const rules = settings();
  rules.on('change', ({value}) => value && nameShop(value.shop_name?.value ?? ''));
  openFigures();
  openOrders();
  openMenus(menus());
  openCells();
  openSettings(rules);
}
